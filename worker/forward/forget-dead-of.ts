import { recordsOfPackText, splitPackText } from "../../core/delivery/pack-text.ts";
import type { LogRecord } from "../../core/record.ts";
import { unpack } from "../../durable-objects/unpack.ts";
import type { Env } from "../env.ts";
import { countedPacksOf } from "../ingest/pack.ts";
import { DEAD_FOLDER, deadOf, keepDead, keyOfDead } from "./dead-packs.ts";

/**
 * Takes a service's records out of the packs that forwards could not send. What is left of a pack is kept as packs of records that
 * follow one another, for a record's seq is its place in its pack. Asked again after a cut it does the rest; some are then sent twice.
 *
 * @returns how many records were taken out
 */
export async function forgetDeadOf(
  env: Env,
  service: string,
  matches: (record: LogRecord, service: string) => boolean,
): Promise<number> {
  let taken = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await env.ARCHIVE.list({
      ...{ prefix: DEAD_FOLDER, include: ["customMetadata"] },
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { key, customMetadata } of page.objects)
      if (customMetadata?.service === service) taken += await forgetIn(env, key, customMetadata, matches);
    if (!page.truncated) return taken;
    cursor = page.cursor;
  }
}

async function forgetIn(
  env: Env,
  key: string,
  metadata: Record<string, string>,
  matches: (record: LogRecord, service: string) => boolean,
): Promise<number> {
  const object = await env.ARCHIVE.get(key);
  if (!object) return 0;
  const { service, shard, firstSeq, reason, failed } = deadOf(metadata);
  const forwardId = key.slice(DEAD_FOLDER.length).split("/")[0]!;
  const records = recordsOfPackText(splitPackText(unpack(new Uint8Array(await object.arrayBuffer()))));
  const runs = runsOf(records, (record) => !matches(record, service));
  const kept = runs.reduce((sum, run) => sum + run.records.length, 0);
  if (kept === records.length) return 0;
  const messages = runs.flatMap((run) => {
    let next = firstSeq + run.at;
    return countedPacksOf(run.records).map(({ count, body }) => {
      const first = next;
      next += count;
      return { forwardId, service, shard, firstSeq: first, count, body };
    });
  });
  // The first may have the key of the old pack, which is to go last.
  for (const message of messages.toReversed()) await keepDead(env, message, reason, Date.parse(failed));
  if (!messages.some((message) => keyOfDead(message) === key)) await env.ARCHIVE.delete(key);
  return records.length - kept;
}

/** Records to keep that follow one another, with the place of the first. */
function runsOf(
  records: readonly LogRecord[],
  keep: (record: LogRecord) => boolean,
): { at: number; records: LogRecord[] }[] {
  const runs: { at: number; records: LogRecord[] }[] = [];
  for (const [at, record] of records.entries()) {
    if (!keep(record)) continue;
    const last = runs.at(-1);
    if (last && last.at + last.records.length === at) last.records.push(record);
    else runs.push({ at, records: [record] });
  }
  return runs;
}
