import { waitUntil } from "cloudflare:workers";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { findByHash, findById, type StoredKey, TOUCH_EVERY_MS, touchKey } from "./key-rows.ts";
import type { Principal } from "./principal.ts";
import { ShortCache } from "./short-cache.ts";

/** A revoked key is refused everywhere within `usableMs`. */
const TIMES = { freshMs: 10_000, usableMs: 25_000 };
const byHash = new ShortCache<StoredKey>({ ...TIMES, maxEntries: 5_000 });
const byId = new ShortCache<StoredKey>({ ...TIMES, maxEntries: 5_000 });
/** Digests of secrets that open nothing, and until when that is remembered. Apart from the keys, so that guesses push none of those out. */
const wrong = new Map<string, number>();
const MAX_WRONG = 10_000;
const WRONG_MS = 60_000;
const touched = new Map<string, number>();

/** Whether this hash is a key's, as far as this isolate has seen. */
export const isKnown = (hash: string, nowMs: number): boolean => byHash.peek(hash, nowMs) !== undefined;

export const isKnownWrong = (hash: string, nowMs: number): boolean => (wrong.get(hash) ?? 0) > nowMs;

/** Remembers for a while that nothing has this hash. */
export function noteWrong(hash: string, nowMs: number): void {
  if (wrong.size >= MAX_WRONG) wrong.clear();
  wrong.set(hash, nowMs + WRONG_MS);
}

/** The key of this hash, if there is one that holds. */
export async function keyOfHash(env: Env, hash: string, nowMs: number): Promise<StoredKey | undefined> {
  const key = await byHash.get(hash, nowMs, () => findByHash(env, hash));
  return key && holds(key, nowMs) ? key : undefined;
}

/** The key that a session was opened with, if it still holds. */
export async function keyOfId(env: Env, id: string, nowMs: number): Promise<StoredKey | undefined> {
  const key = await byId.get(id, nowMs, () => findById(env, id));
  return key && holds(key, nowMs) ? key : undefined;
}

/** Notes beside the request that a key was used. */
export function noteUse(env: Env, { id, lastUsedMs }: StoredKey, nowMs: number): void {
  const lastMs = Math.max(lastUsedMs ?? 0, touched.get(id) ?? 0);
  if (nowMs - lastMs < TOUCH_EVERY_MS) return;
  if (touched.size >= 5_000) touched.clear();
  touched.set(id, nowMs);
  waitUntil(touchKey(env, id, nowMs).catch((error) => logWarning("key_use_unwritten", { id, error })));
}

/** Keys have changed: what this isolate knows of them is out of date. */
export function forgetKeys(): void {
  byHash.clear();
  byId.clear();
}

export const principalOf = ({ id, name, prefix, scope, services, origins, dailyRecords }: StoredKey): Principal => ({
  kind: "key",
  scope,
  name: `key ${prefix} (${name})`,
  keyId: id,
  services,
  origins,
  ...(dailyRecords === null ? {} : { dailyRecords }),
});

const holds = ({ revokedMs, expiresMs }: StoredKey, nowMs: number): boolean =>
  revokedMs === null && (expiresMs === null || expiresMs > nowMs);
