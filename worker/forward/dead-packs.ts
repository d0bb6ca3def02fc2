import type { ForwardMessage } from "../../core/forward/forward.ts";
import type { Env } from "../env.ts";

/** A pack that could not be sent, as it is shown. */
export interface DeadPack {
  service: string;
  shard: number;
  firstSeq: number;
  count: number;
  reason: string;
  /** ISO 8601. */
  failed: string;
}

/** Replayed or shown by one request; the rest is left for the next. */
export const MAX_DEAD_SHOWN = 200;

export const DEAD_FOLDER = "forwards-dead/";
const folderOf = (forwardId: string): string => `${DEAD_FOLDER}${forwardId}/`;
export const keyOfDead = ({ forwardId, service, shard, firstSeq }: ForwardMessage): string =>
  `${folderOf(forwardId)}${service}/${shard}/${String(firstSeq).padStart(15, "0")}`;

/** Keeps the pack itself in the archive's bucket, with why: whatever becomes of the hot rows, it can be sent again. */
export async function keepDead(env: Env, message: ForwardMessage, reason: string, nowMs: number): Promise<void> {
  const { service, shard, firstSeq, count, body } = message;
  await env.ARCHIVE.put(keyOfDead(message), body, {
    customMetadata: {
      service,
      shard: String(shard),
      firstSeq: String(firstSeq),
      count: String(count),
      reason,
      failedMs: String(nowMs),
    },
  });
}

/** The oldest of a forward's dead packs, up to the limit, and whether there are more. */
export async function deadPacksOf(env: Env, forwardId: string): Promise<{ dead: DeadPack[]; isCut: boolean }> {
  const { objects, truncated } = await list(env, forwardId);
  return { dead: objects.map(({ customMetadata }) => deadOf(customMetadata!)), isCut: truncated };
}

/** Puts a forward's dead packs back on their way; how many. */
export async function replayDead(env: Env, forwardId: string): Promise<number> {
  const { objects } = await list(env, forwardId);
  for (const { key, customMetadata } of objects) {
    const object = await env.ARCHIVE.get(key);
    if (!object) continue;
    const { service, shard, firstSeq, count } = deadOf(customMetadata!);
    const body = new Uint8Array(await object.arrayBuffer());
    await env.FORWARDS.send({ forwardId, service, shard, firstSeq, count, body }, { contentType: "v8" });
    // After the send: a crash in between sends it twice, and loses nothing.
    await env.ARCHIVE.delete(key);
  }
  return objects.length;
}

/** Forgets a forward's dead packs, with the forward itself. */
export async function forgetDead(env: Env, forwardId: string): Promise<void> {
  for (;;) {
    const { objects } = await list(env, forwardId);
    if (objects.length === 0) return;
    await env.ARCHIVE.delete(objects.map(({ key }) => key));
  }
}

const list = (env: Env, forwardId: string): Promise<R2Objects> =>
  env.ARCHIVE.list({ prefix: folderOf(forwardId), limit: MAX_DEAD_SHOWN, include: ["customMetadata"] });

export const deadOf = (metadata: Record<string, string>): DeadPack => ({
  service: metadata.service!,
  shard: Number(metadata.shard),
  firstSeq: Number(metadata.firstSeq),
  count: Number(metadata.count),
  reason: metadata.reason!,
  failed: new Date(Number(metadata.failedMs)).toISOString(),
});
