import { filterGroup } from "../../../core/segment/filter-group.ts";
import { withoutRecords } from "../../../core/segment/without-records.ts";
import type { Env } from "../../env.ts";
import { wholeObject } from "../open-segment.ts";
import { putObject } from "../put-segment.ts";
import { deleteSegment, ensureSegment, isAsRead, removalOf } from "../remove-expired.ts";
import type { KnownService } from "../seal-service.ts";
import { appendEntries, linkSegments } from "../segment-log.ts";
import { insertSegment, SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "../segment-row.ts";
import { prunedSegments } from "../segments-of.ts";
import { SMALL_LEVEL, zstdCodec } from "../zstd-codec.ts";
import { deletedBy, deleteRows, MinuteCounts, noteArchived, type RecordPlace } from "./forgotten-minutes.ts";
import type { Wish } from "./wish.ts";

const SELECT_ALL = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1`;
/** Seals and merges that come between are few; each makes another pass over what is new. */
const MAX_PASSES = 10;
const codec = zstdCodec(SMALL_LEVEL);

export interface ForgottenSegments {
  /** Records that were answered from segments, and hot rows of which segments had a copy. */
  records: number;
  rows: number;
  rewritten: number;
  /** The time was over before every segment was looked at. */
  hasMore: boolean;
}

/**
 * Rewrites the segments in which a filter finds records, without these; also of those whose records are hot rows still, and these rows
 * go in the same transaction. The old object is deleted as soon as the database does not name it any more.
 *
 * @param clean keys of segments that need not be looked at; grows by those that hold nothing to forget
 */
export async function forgetSegments(
  env: Env,
  service: KnownService,
  wish: Wish,
  clean: Set<string>,
): Promise<ForgottenSegments> {
  const done: ForgottenSegments = { records: 0, rows: 0, rewritten: 0, hasMore: false };
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const { results } = await env.DB.prepare(SELECT_ALL).bind(service.id).all<SegmentColumns>();
    const unseen = results.map(segmentOf).filter(({ key }) => !clean.has(key));
    if (unseen.length === 0) return done;
    // Every record of an object counts here, whoever answers for it.
    const whole = unseen.map((segment) => ({ ...segment, service: service.name, coldMs: segment.maxMs + 1 }));
    const due = new Set((await prunedSegments(env.DB, whole, wish.filter, wish.nowMs)).map(({ key }) => key));
    for (const segment of unseen) {
      const taken = due.has(segment.key) ? await forgetIn(env, service, segment, wish) : { key: segment.key };
      if (taken === undefined) continue;
      if (taken.key !== undefined) clean.add(taken.key);
      if (!("records" in taken)) continue;
      done.rewritten++;
      done.records += taken.records;
      done.rows += taken.rows;
      if (Date.now() >= wish.untilMs) return { ...done, hasMore: true };
    }
  }
  throw new Error(`the archive of ${service.name} was changed at the same time, again and again`);
}

/** Nothing to take; what was taken, and the key of what is left; or undefined where somebody else changed the segment meanwhile. */
type Taken = { key: string } | { key: string | undefined; records: number; rows: number } | undefined;

async function forgetIn(env: Env, service: KnownService, segment: SegmentRow, wish: Wish): Promise<Taken> {
  const { filter, reason, nowMs } = wish;
  const bytes = await wholeObject(env.ARCHIVE, segment.key);
  const asked = { service: service.name, nowMs };
  const { coldMs } = segment;
  const archived = new MinuteCounts();
  const rows: RecordPlace[] = [];
  const { taken, left } = await withoutRecords(
    service.name,
    bytes,
    (group) => filterGroup(group, filter, asked),
    codec,
    (tsMs, shard, seq) => (tsMs < coldMs ? archived.add(tsMs) : rows.push([tsMs, shard, seq])),
  );
  if (taken === 0) return { key: segment.key };
  await linkSegments(env, service, nowMs);
  const { receivedFromMs, receivedToMs, kind, seqs, hotUntilMs } = segment;
  const known = { service: service.name, receivedFromMs, receivedToMs, kind, seqs };
  const fresh = left && { ...(await putObject(env, { ...known, ...left })), coldMs, hotUntilMs };
  const entries = [
    removalOf(segment, `forgotten: ${reason}`),
    ...(fresh
      ? [{ action: "added" as const, key: fresh.key, hash: fresh.hash, records: fresh.records, reason: kind }]
      : []),
  ];
  const deletions = deleteRows(env, service.id, rows);
  try {
    const results = await env.DB.batch([
      ensureSegment(env.DB, service.id, segment),
      deleteSegment(env.DB, service.id, segment),
      ...(fresh ? [insertSegment(env.DB, service.name, fresh, 1)] : []),
      ...(await appendEntries(env, service, entries, nowMs)),
      ...noteArchived(env, service.id, archived),
      ...deletions,
    ]);
    await env.ARCHIVE.delete(segment.key);
    return { key: fresh?.key, records: taken - rows.length, rows: deletedBy(results, deletions) };
  } catch (error) {
    if (await isAsRead(env.DB, service.id, segment)) throw error;
    return undefined;
  }
}
