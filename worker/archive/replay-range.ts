import { AGENT_CELL, STORED_COLUMNS } from "../../core/row.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { INSERT_AGENTS } from "../queue/apply-message.ts";
import { wholeObject } from "./open-segment.ts";
import { partsOfJson } from "./parts-of-json.ts";
import { ensureSegment } from "./remove-expired.ts";
import { type RowsBack, rowsBack, timeOf } from "./rows-back.ts";
import type { KnownService } from "./seal-service.ts";
import { SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "./segment-row.ts";

/** Rows of one transaction. */
const CHUNK_ROWS = 2_000;
/** Rows of one request, and those of the same step more: what D1 takes within half a minute. */
const MAX_ROWS = 200_000;
const MAX_SEGMENTS = 200;

const SELECT_COLD = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1 AND min_ms < ?3 AND max_ms >= ?2 AND cold_ms > max(min_ms, ?2) ORDER BY max_ms DESC LIMIT ${MAX_SEGMENTS}`;
const INSERT_ROWS = `INSERT INTO records (service_id, shard, seq, ${STORED_COLUMNS.join(", ")})
SELECT ?2, value ->> 0, value ->> 1, ${STORED_COLUMNS.map((_, at) => `value ->> ${at + 2}`).join(", ")} FROM jsonb_each(?1)`;
const MOVE_COLD = "UPDATE segments SET cold_ms = ?3, hot_until_ms = ?4 WHERE service_id = ?1 AND key = ?2";

export interface Replayed {
  /** Records that are hot rows again. */
  records: number;
  segments: number;
  hasMore: boolean;
}

/**
 * Brings archived records from `fromMs` on back as hot rows until `hotUntilMs`: of every segment that has some of the range what is after
 * its beginning, latest times first. Each chunk moves the border between the two in the same transaction, so that every record is
 * answered once meanwhile, and whoever asks again goes on there.
 *
 * @param bounds of one answer, and of what is in memory at once
 */
export async function replayRange(
  env: Env,
  service: KnownService,
  { fromMs, toMs }: TimeRange,
  hotUntilMs: number,
  { maxRows = MAX_ROWS, stepRows }: { maxRows?: number; stepRows?: number } = {},
): Promise<Replayed> {
  const { results } = await env.DB.prepare(SELECT_COLD).bind(service.id, fromMs, toMs).all<SegmentColumns>();
  const replayed: Replayed = { records: 0, segments: 0, hasMore: results.length === MAX_SEGMENTS };
  for (const row of results) {
    const segment = segmentOf(row);
    let { coldMs } = segment;
    for await (const step of rowsBack(
      await wholeObject(env.ARCHIVE, segment.key),
      { fromMs, toMs: coldMs },
      stepRows,
    )) {
      if (replayed.records >= maxRows) return { ...replayed, hasMore: true };
      coldMs = await replayStep(env, service.id, { ...segment, coldMs }, step, hotUntilMs);
      replayed.records += step.rows.length;
    }
    replayed.segments++;
  }
  return replayed;
}

/** Gives where the border is then. */
async function replayStep(
  { DB }: Env,
  serviceId: number,
  segment: SegmentRow,
  { rows, agents }: RowsBack,
  hotUntilMs: number,
): Promise<number> {
  let { coldMs } = segment;
  for (let left = rows.length; left > 0; ) {
    let start = Math.max(0, left - CHUNK_ROWS);
    // Rows of one millisecond go together: the border is a time.
    while (start > 0 && timeOf(rows[start - 1]!) === timeOf(rows[start]!)) start--;
    const cutMs = timeOf(rows[start]!);
    const chunk = rows.slice(start, left);
    const ids = new Set(chunk.map((row) => row[AGENT_CELL + 2] as number | null));
    const known = [...ids].flatMap((id) => (id === null ? [] : [agents.get(id)!]));
    await DB.batch([
      ensureSegment(DB, serviceId, { ...segment, coldMs }),
      ...partsOfJson(chunk).map((text) => DB.prepare(INSERT_ROWS).bind(text, serviceId)),
      ...partsOfJson(known).map((text) => DB.prepare(INSERT_AGENTS).bind(text)),
      DB.prepare(MOVE_COLD).bind(serviceId, segment.key, cutMs, hotUntilMs),
    ]);
    coldMs = cutMs;
    left = start;
  }
  return coldMs;
}
