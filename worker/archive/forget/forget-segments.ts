import type { Filter } from "../../../core/query/filter.ts";
import { filterGroup } from "../../../core/segment/filter-group.ts";
import { withoutRecords } from "../../../core/segment/without-records.ts";
import type { Env } from "../../env.ts";
import { wholeObject } from "../open-segment.ts";
import { putObject } from "../put-segment.ts";
import { deleteSegment, ensureSegment, removalOf } from "../remove-expired.ts";
import type { KnownService } from "../seal-service.ts";
import { appendEntries, linkSegments } from "../segment-log.ts";
import { insertSegment, SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "../segment-row.ts";
import { prunedSegments } from "../segments-of.ts";
import { SMALL_LEVEL, zstdCodec } from "../zstd-codec.ts";
import type { TouchedMinutes } from "./touched-minutes.ts";

const SELECT_ALL = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1`;
const codec = zstdCodec(SMALL_LEVEL);

export interface ForgottenSegments {
  records: number;
  rewritten: number;
}

/**
 * Rewrites the segments in which a filter finds records, without these; also of those whose records are hot rows still. The old
 * object is deleted as soon as the database does not name it any more.
 *
 * Records that hot rows answered for were counted when these were deleted.
 */
export async function forgetSegments(
  env: Env,
  service: KnownService,
  filter: Filter,
  { reason, nowMs }: { reason: string; nowMs: number },
  touched: TouchedMinutes,
): Promise<ForgottenSegments> {
  const { results } = await env.DB.prepare(SELECT_ALL).bind(service.id).all<SegmentColumns>();
  const all = results.map((row) => ({ service: service.name, ...segmentOf(row) }));
  // Every record of an object counts here, whoever answers for it.
  const whole = all.map((segment) => ({ ...segment, coldMs: segment.maxMs + 1 }));
  const due = new Set((await prunedSegments(env.DB, whole, filter, nowMs)).map(({ key }) => key));
  const done: ForgottenSegments = { records: 0, rewritten: 0 };
  for (const segment of all.filter(({ key }) => due.has(key))) {
    const times = await forgetIn(env, service, segment, filter, reason, nowMs);
    if (times.length === 0) continue;
    done.rewritten++;
    for (const tsMs of times.filter((time) => time < segment.coldMs)) {
      touched.add(tsMs);
      done.records++;
    }
  }
  return done;
}

/** Times of the records that were taken out. */
async function forgetIn(
  env: Env,
  service: KnownService,
  segment: SegmentRow,
  filter: Filter,
  reason: string,
  nowMs: number,
): Promise<readonly number[]> {
  const bytes = await wholeObject(env.ARCHIVE, segment.key);
  const asked = { service: service.name, nowMs };
  const { times, left } = await withoutRecords(
    service.name,
    bytes,
    (group) => filterGroup(group, filter, asked),
    codec,
  );
  if (times.length === 0) return times;
  await linkSegments(env, service, nowMs);
  const { receivedFromMs, receivedToMs, kind, seqs, coldMs, hotUntilMs } = segment;
  const known = { service: service.name, receivedFromMs, receivedToMs, kind, seqs };
  const fresh = left && { ...(await putObject(env, { ...known, ...left })), coldMs, hotUntilMs };
  const entries = [
    removalOf(segment, `forgotten: ${reason}`),
    ...(fresh
      ? [{ action: "added" as const, key: fresh.key, hash: fresh.hash, records: fresh.records, reason: kind }]
      : []),
  ];
  await env.DB.batch([
    ensureSegment(env.DB, service.id, segment),
    deleteSegment(env.DB, service.id, segment),
    ...(fresh ? [insertSegment(env.DB, service.name, fresh, 1)] : []),
    ...(await appendEntries(env, service, entries, nowMs)),
  ]);
  await env.ARCHIVE.delete(segment.key);
  return times;
}
