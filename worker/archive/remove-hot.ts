import type { Env } from "../env.ts";
import type { KnownService } from "./seal-service.ts";
import { SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "./segment-row.ts";

/** Rows deleted in one transaction; D1 answers nothing else meanwhile. */
const CHUNK_ROWS = 2_000;
/** Chunks of one service in one run: 500,000 rows every ten minutes. */
const MAX_CHUNKS = 250;

// Sealed rows of messages received before ?2, oldest first.
const SELECT_DUE = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1 AND cold_ms <= max_ms AND received_to_ms < ?2
AND coalesce(hot_until_ms, 0) < ?3 ORDER BY received_to_ms LIMIT 20`;
const IN_RUNS =
  "EXISTS (SELECT 1 FROM json_each(?4) WHERE shard = value ->> 0 AND seq BETWEEN value ->> 1 AND value ->> 2)";
const SELECT_CUT = `SELECT ts_ms FROM records WHERE service_id = ?1 AND ts_ms >= ?2 AND ts_ms <= ?3 AND ${IN_RUNS} ORDER BY ts_ms LIMIT 1 OFFSET ${CHUNK_ROWS}`;
const DELETE_ROWS = `DELETE FROM records WHERE service_id = ?1 AND ts_ms >= ?2 AND ts_ms < ?3 AND ${IN_RUNS}`;
// json('stale') is an error, and an error takes the whole batch back: somebody else has moved the border or merged the segment.
const ENSURE_COLD = `SELECT json(CASE WHEN EXISTS (SELECT 1 FROM segments WHERE service_id = ?1 AND min_ms = ?2 AND shard = ?3 AND first_seq = ?4 AND key = ?5 AND cold_ms = ?6) THEN 'true' ELSE 'stale' END)`;
const MOVE_COLD =
  "UPDATE segments SET cold_ms = ?5, hot_until_ms = NULL WHERE service_id = ?1 AND min_ms = ?2 AND shard = ?3 AND first_seq = ?4";

/**
 * Removes hot rows that stand in segments and were received before `beforeMs`, in chunks of one transaction each that also says that
 * the segment answers for them from now on. So every record is answered once at any moment, however often this is interrupted.
 *
 * @returns how many chunks were removed; MAX_CHUNKS: there is more
 */
export async function removeHot(env: Env, service: KnownService, beforeMs: number, nowMs: number): Promise<number> {
  const { results } = await env.DB.prepare(SELECT_DUE).bind(service.id, beforeMs, nowMs).all<SegmentColumns>();
  let chunks = 0;
  for (const row of results) {
    const segment = segmentOf(row);
    let coldMs: number | undefined = segment.coldMs;
    while (coldMs !== undefined && coldMs <= segment.maxMs) {
      if (chunks === MAX_CHUNKS) return chunks;
      coldMs = await removeChunk(env.DB, service.id, { ...segment, coldMs });
      chunks++;
    }
  }
  return chunks;
}

/** Moves the border between archive and hot rows of a segment by one chunk; gives where it is then. */
export async function removeChunk(db: D1Database, serviceId: number, segment: SegmentRow): Promise<number> {
  const { minMs, maxMs, shard, firstSeq, key, coldMs } = segment;
  const runs = JSON.stringify(segment.seqs);
  const next = await db.prepare(SELECT_CUT).bind(serviceId, coldMs, maxMs, runs).first<{ ts_ms: number }>();
  // More rows of one millisecond than a chunk go together.
  const cutMs = next === null ? maxMs + 1 : Math.max(next.ts_ms, coldMs + 1);
  await db.batch([
    db.prepare(ENSURE_COLD).bind(serviceId, minMs, shard, firstSeq, key, coldMs),
    db.prepare(DELETE_ROWS).bind(serviceId, coldMs, cutMs, runs),
    db.prepare(MOVE_COLD).bind(serviceId, minMs, shard, firstSeq, cutMs),
  ]);
  return cutMs;
}
