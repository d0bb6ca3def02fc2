import { mergeSegments } from "../../core/segment/merge-segments.ts";
import type { Env } from "../env.ts";
import { wholeObject } from "./open-segment.ts";
import { putObject } from "./put-segment.ts";
import { deleteSegment, ensureSegment, removalOf } from "./remove-expired.ts";
import type { KnownService } from "./seal-service.ts";
import { appendEntries, linkSegments } from "./segment-log.ts";
import {
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentColumns,
  type SegmentRow,
  type SeqRun,
  segmentOf,
} from "./segment-row.ts";
import { SMALL_LEVEL, zstdCodec } from "./zstd-codec.ts";

/** A segment of so many records is left as it is. */
const SMALL_RECORDS = 250_000;
/** All objects of a merge are in memory at once, of 128 MB that an isolate has. */
export const MAX_BYTES = 16_000_000;
export const MAX_RECORDS = 1_000_000;
export const MAX_OBJECTS = 500;
/** Requests that wait at the same time, of the six that the platform lets wait. */
const READS_AT_ONCE = 6;
const DAY_MS = 86_400_000;

const SELECT_SMALL = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1 AND cold_ms > max_ms AND records < ${SMALL_RECORDS}
ORDER BY received_from_ms, min_ms LIMIT 5000`;

const codec = zstdCodec(SMALL_LEVEL);

export interface Optimized {
  merged: number;
  into: number;
  /** There is more to merge. */
  hasMore: boolean;
}

/**
 * Merges small segments of a service that were received on the same day (UTC) into larger ones. Answers do not change: the new
 * object is written first, and one transaction puts its row in the place of the others'.
 *
 * @param minObjects how many there have to be before they are merged, at least 2
 */
export async function optimizeService(
  env: Env,
  service: KnownService,
  nowMs: number,
  { maxMerges, minObjects }: { maxMerges: number; minObjects: number },
): Promise<Optimized> {
  const { results } = await env.DB.prepare(SELECT_SMALL).bind(service.id).all<SegmentColumns>();
  const groups = mergesOf(results.map(segmentOf)).filter((group) => group.length >= minObjects);
  if (groups.length > 0) await linkSegments(env, service, nowMs);
  let merged = 0;
  const now = groups.slice(0, maxMerges);
  for (const group of now) {
    await commitMerge(env, service, group, await putMerged(env, service, group), nowMs);
    merged += group.length;
  }
  return { merged, into: now.length, hasMore: groups.length > now.length };
}

/** Segments to be merged, those of each day together within the limits; none alone. */
export function mergesOf(segments: readonly SegmentRow[]): SegmentRow[][] {
  const groups: SegmentRow[][] = [];
  let open = { day: Number.NaN, bytes: 0, records: 0 };
  for (const segment of segments) {
    const day = Math.floor(segment.receivedFromMs / DAY_MS);
    const { bytes, records } = segment;
    const fits =
      day === open.day &&
      open.bytes + bytes <= MAX_BYTES &&
      open.records + records <= MAX_RECORDS &&
      groups.at(-1)!.length < MAX_OBJECTS;
    if (fits) {
      groups.at(-1)!.push(segment);
      open = { day, bytes: open.bytes + bytes, records: open.records + records };
    } else {
      groups.push([segment]);
      open = { day, bytes, records };
    }
  }
  return groups.filter((group) => group.length > 1);
}

/** First step of two: the object. */
export async function putMerged(env: Env, { name }: KnownService, group: readonly SegmentRow[]): Promise<SegmentRow> {
  const objects: Uint8Array[] = [];
  for (let from = 0; from < group.length; from += READS_AT_ONCE) {
    const some = group.slice(from, from + READS_AT_ONCE);
    objects.push(...(await Promise.all(some.map(({ key }) => wholeObject(env.ARCHIVE, key)))));
  }
  const written = await mergeSegments(name, objects, codec);
  return putObject(env, {
    service: name,
    ...written,
    seqs: joinedRuns(group.flatMap(({ seqs }) => seqs)),
    kind: "merged",
    receivedFromMs: Math.min(...group.map(({ receivedFromMs }) => receivedFromMs)),
    receivedToMs: Math.max(...group.map(({ receivedToMs }) => receivedToMs)),
  });
}

/** Second step: its row instead of the others'. Fails, and changes nothing, where one of them has changed. */
export async function commitMerge(
  env: Env,
  service: KnownService,
  group: readonly SegmentRow[],
  merged: SegmentRow,
  nowMs: number,
): Promise<void> {
  const { DB } = env;
  const entries = [
    ...group.map((segment) => removalOf(segment, `merged into ${merged.key}`)),
    { action: "added" as const, key: merged.key, hash: merged.hash, records: merged.records, reason: merged.kind },
  ];
  await DB.batch([
    ...group.map((segment) => ensureSegment(DB, service.id, segment)),
    ...group.map((segment) => deleteSegment(DB, service.id, segment)),
    insertSegment(DB, service.name, merged, 1),
    ...(await appendEntries(env, service, entries, nowMs)),
  ]);
}

/** Runs in order, those that follow one another as one. */
export function joinedRuns(runs: readonly SeqRun[]): SeqRun[] {
  const joined: SeqRun[] = [];
  for (const [shard, first, last] of runs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = joined.at(-1);
    if (before?.[0] === shard && before[2] + 1 >= first) before[2] = Math.max(before[2], last);
    else joined.push([shard, first, last]);
  }
  return joined;
}
