import { waitUntil } from "cloudflare:workers";
import { type Env, overviewOf, streamOf } from "../env.ts";
import type { Principal } from "./principal.ts";

/** Longer than any isolate remembers a key or a session; the runtime allows 30 s after an answer. */
const AGAIN_AFTER_MS = 27_000;

const EVERY_SESSION = "sessions";

/** The names under which a live socket can be closed. */
export function ownersOf({ kind, keyId, sessionId }: Partial<Principal> = {}): string[] {
  const owners = kind === "session" ? [EVERY_SESSION, `session:${sessionId}`] : [];
  return keyId === undefined ? owners : [...owners, `key:${keyId}`];
}

/**
 * Closes live sockets, so that nothing more is shown to who may not see it: those of a key, of a session, or of all sessions.
 * Once more a little later: other isolates may have let one in by what they still remembered.
 */
export async function closeWatchers(
  env: Env,
  of: { keyId: string } | { sessionId: string } | "sessions",
): Promise<void> {
  const owner = of === "sessions" ? EVERY_SESSION : "keyId" in of ? `key:${of.keyId}` : `session:${of.sessionId}`;
  await closeNow(env, owner);
  waitUntil(scheduler.wait(AGAIN_AFTER_MS).then(() => closeNow(env, owner)));
}

async function closeNow(env: Env, owner: string): Promise<void> {
  const overview = overviewOf(env);
  const { reports } = await overview.reports();
  // Watchers of a service are at its shard 0; streams that nobody watches are left asleep.
  const watched = reports.filter(({ shard, watchers }) => shard === 0 && watchers !== 0);
  await Promise.all([
    overview.closeWatchers(owner),
    ...watched.map(({ service }) => streamOf(env, service).closeWatchers(owner)),
  ]);
}
