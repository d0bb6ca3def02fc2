import type { Env } from "../env.ts";
import type { KnownService } from "./seal-service.ts";
import { appendEntries, linkSegments } from "./segment-log.ts";
import { SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "./segment-row.ts";

/** Segments removed of one service in one run. */
const MAX_SEGMENTS = 200;
// Only what answers from the archive alone: hot rows go first.
const SELECT_EXPIRED = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1 AND received_to_ms < ?2 AND cold_ms > max_ms ORDER BY received_to_ms LIMIT ${MAX_SEGMENTS}`;

/** Removes segments whose last record was received before `beforeMs`, and says so in the log. The objects are swept an hour later. */
export async function removeExpired(env: Env, service: KnownService, beforeMs: number, nowMs: number): Promise<number> {
  const { results } = await env.DB.prepare(SELECT_EXPIRED).bind(service.id, beforeMs).all<SegmentColumns>();
  if (results.length === 0) return 0;
  await linkSegments(env, service, nowMs);
  const expired = results.map(segmentOf);
  await env.DB.batch([
    ...expired.map((segment) => ensureSegment(env.DB, service.id, segment)),
    ...expired.map((segment) => deleteSegment(env.DB, service.id, segment)),
    ...(await appendEntries(
      env,
      service,
      expired.map((segment) => removalOf(segment, "retention")),
      nowMs,
    )),
  ]);
  return expired.length;
}

const IS_AS_READ =
  "EXISTS (SELECT 1 FROM segments WHERE service_id = ?1 AND min_ms = ?2 AND shard = ?3 AND first_seq = ?4 AND key = ?5 AND cold_ms = ?6)";
const bindings = ({ minMs, shard, firstSeq, key, coldMs }: SegmentRow) => [minMs, shard, firstSeq, key, coldMs];

/** Fails the batch where the row is not what it was: somebody else has changed it. */
export const ensureSegment = (db: D1Database, serviceId: number, segment: SegmentRow): D1PreparedStatement =>
  db.prepare(`SELECT json(CASE WHEN ${IS_AS_READ} THEN 'true' ELSE 'stale' END)`).bind(serviceId, ...bindings(segment));

/** Whether the row is what it was. */
export const isAsRead = async (db: D1Database, serviceId: number, segment: SegmentRow): Promise<boolean> =>
  (await db
    .prepare(`SELECT ${IS_AS_READ} AS yes`)
    .bind(serviceId, ...bindings(segment))
    .first<number>("yes")) === 1;

export const deleteSegment = (
  db: D1Database,
  serviceId: number,
  { minMs, shard, firstSeq, key }: SegmentRow,
): D1PreparedStatement =>
  db
    .prepare(
      "DELETE FROM segments WHERE service_id = ?1 AND min_ms = ?2 AND shard = ?3 AND first_seq = ?4 AND key = ?5",
    )
    .bind(serviceId, minMs, shard, firstSeq, key);

export const removalOf = ({ key, hash, records }: SegmentRow, reason: string) => ({
  action: "removed" as const,
  key,
  hash,
  records,
  reason,
});
