import type { AgentCells } from "../../core/delivery/pack-text.ts";
import { type Cell, STORED_COLUMNS } from "../../core/row.ts";
import { groupOf, rowsOf } from "../../core/segment/merge-segments.ts";
import { indexOf } from "../../core/segment/open-segment.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { insertAgents } from "../queue/apply-message.ts";
import { wholeObject } from "./open-segment.ts";
import { ensureSegment } from "./remove-expired.ts";
import type { KnownService } from "./seal-service.ts";
import { SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "./segment-row.ts";
import { FAST_LEVEL, zstdCodec } from "./zstd-codec.ts";

/** Rows of one transaction. */
const CHUNK_ROWS = 2_000;
/** Rows of one request: what D1 takes within half a minute. */
const MAX_ROWS = 200_000;

const SELECT_COLD = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = ?1 AND min_ms < ?3 AND max_ms >= ?2 AND cold_ms > max(min_ms, ?2) ORDER BY max_ms DESC LIMIT 200`;
const INSERT_ROWS = `INSERT INTO records (service_id, shard, seq, ${STORED_COLUMNS.join(", ")})
SELECT ?2, value ->> 0, value ->> 1, ${STORED_COLUMNS.map((_, at) => `value ->> ${at + 2}`).join(", ")} FROM jsonb_each(?1)`;
const MOVE_COLD = "UPDATE segments SET cold_ms = ?3, hot_until_ms = ?4 WHERE service_id = ?1 AND key = ?2";

export interface Replayed {
  /** Records that are hot rows again. */
  records: number;
  segments: number;
  hasMore: boolean;
}

/** A row with its place in its stream. */
type PlacedCells = readonly [shard: number, seq: number, ...cells: Cell[]];

const codec = zstdCodec(FAST_LEVEL);

/**
 * Brings archived records from `fromMs` on back as hot rows until `hotUntilMs`: whole segments that have some of the range, latest
 * times first. Each chunk moves the border between the two in the same transaction, so that every record is answered once meanwhile.
 */
export async function replayRange(
  env: Env,
  service: KnownService,
  { fromMs, toMs }: TimeRange,
  hotUntilMs: number,
): Promise<Replayed> {
  const { results } = await env.DB.prepare(SELECT_COLD).bind(service.id, fromMs, toMs).all<SegmentColumns>();
  const replayed: Replayed = { records: 0, segments: 0, hasMore: results.length === 200 };
  for (const row of results) {
    if (replayed.records >= MAX_ROWS) return { ...replayed, hasMore: true };
    replayed.records += await replaySegment(env, service.id, segmentOf(row), fromMs, hotUntilMs);
    replayed.segments++;
  }
  return replayed;
}

async function replaySegment(
  env: Env,
  serviceId: number,
  segment: SegmentRow,
  fromMs: number,
  hotUntilMs: number,
): Promise<number> {
  const { rows, agents } = await placedRows(await wholeObject(env.ARCHIVE, segment.key));
  const due = rows.filter((row) => timeOf(row) >= fromMs && timeOf(row) < segment.coldMs);
  let { coldMs } = segment;
  let left = due.length;
  while (left > 0) {
    let start = Math.max(0, left - CHUNK_ROWS);
    // Rows of one millisecond go together: the border is a time.
    while (start > 0 && timeOf(due[start - 1]!) === timeOf(due[start]!)) start--;
    const cutMs = timeOf(due[start]!);
    await env.DB.batch([
      ensureSegment(env.DB, serviceId, { ...segment, coldMs }),
      env.DB.prepare(INSERT_ROWS).bind(JSON.stringify(due.slice(start, left)), serviceId),
      insertAgents(env.DB, agents),
      env.DB.prepare(MOVE_COLD).bind(serviceId, segment.key, cutMs, hotUntilMs),
    ]);
    coldMs = cutMs;
    left = start;
  }
  return due.length;
}

const timeOf = (row: PlacedCells): number => row[2] as number;

async function placedRows(bytes: Uint8Array): Promise<{ rows: PlacedCells[]; agents: AgentCells[] }> {
  const { footer } = indexOf(bytes);
  const rows: PlacedCells[] = [];
  const agents = new Map<number, AgentCells>();
  for (let at = 0; at < footer.groups.length; at++) {
    for (const each of await rowsOf(groupOf(bytes, footer, at, codec))) {
      for (const agent of each.agents) agents.set(agent[0], agent);
      for (const [place, cells] of each.rows.entries())
        rows.push([each.shard, (each.seqs as readonly number[])[place]!, ...cells]);
    }
  }
  return { rows: rows.sort((a, b) => timeOf(a) - timeOf(b)), agents: [...agents.values()] };
}
