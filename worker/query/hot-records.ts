import type { Filter } from "../../core/query/filter.ts";
import { sqlOf } from "../../core/query/sql-of.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import { type Agent, type Cell, ROW_COLUMNS, recordOfRow, SELECTED_CELLS } from "../../core/row.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { type FoundSegment, foundSegments, selectSegments } from "../archive/segments-of.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import type { Place } from "./cursor.ts";

export type Order = "newest" | "oldest";

export interface HotQuestion extends TimeRange {
  filter: Filter | undefined;
  limit: number;
  order: Order;
  /** Answer what comes after this place in the order. */
  after: Place | undefined;
  /** What relative times in the filter count from. */
  nowMs: number;
}

/** D1 takes 1,000 queries a request; more services than this are asked for in groups. */
const SERVICES_A_BATCH = 100;

const SELECT = `SELECT r.shard, r.seq, ${SELECTED_CELLS.join(", ")},
u.id AS agent_id, u.text AS agent_text, u.browser AS agent_browser, u.os AS agent_os, u.device AS agent_device, u.bot AS agent_bot
FROM records r LEFT JOIN user_agents u ON u.id = r.ua_id`;

type Row = Record<(typeof ROW_COLUMNS)[number], Cell> & {
  shard: number;
  seq: number;
  agent_id: number | null;
} & Record<`agent_${"text" | "browser" | "os" | "device" | "bot"}`, string | null>;

export interface HotRecords {
  found: PlacedRecord[];
  rowsRead: number;
  /** Where the archived records of the same range are, as of the same moment. */
  segments: FoundSegment[];
}

/** Records of these services in the database, each service's in order; and the segments that have the rest. */
export async function hotRecords(env: Env, services: readonly string[], question: HotQuestion): Promise<HotRecords> {
  const hot: HotRecords = { found: [], rowsRead: 0, segments: [] };
  for (let from = 0; from < services.length; from += SERVICES_A_BATCH) {
    const group = services.slice(from, from + SERVICES_A_BATCH);
    const results = await env.DB.batch<Row>(
      group.flatMap((service) => [statementOf(env.DB, service, question), selectSegments(env.DB, service, question)]),
    );
    for (const [at, service] of group.entries()) {
      const [rows, segments] = [results[at * 2]!, results[at * 2 + 1]!];
      hot.rowsRead += rows.meta.rows_read;
      for (const row of rows.results)
        hot.found.push({ service, shard: row.shard, seq: row.seq, record: recordOf(row) });
      hot.segments.push(...foundSegments(service, segments.results));
    }
  }
  return hot;
}

function statementOf(
  db: D1Database,
  service: string,
  { fromMs, toMs, filter, limit, order, after, nowMs }: HotQuestion,
): D1PreparedStatement {
  const where = ["r.service_id = (SELECT id FROM services WHERE name = ?1)", "r.ts_ms >= ?2", "r.ts_ms < ?3"];
  const params: (string | number)[] = [service, fromMs, toMs, limit];
  if (after) {
    const place = afterPlace(service, after, order, params.length + 1);
    where.push(place.where);
    params.push(...place.params);
  }
  if (filter) {
    const sql = sqlOf(filter, nowMs, params.length + 1);
    if (!sql.ok) throw new ApiError(sql.reason, sql.detail);
    where.push(`(${sql.value.where})`);
    params.push(...sql.value.params);
  }
  const direction = order === "newest" ? "DESC" : "ASC";
  const text = `${SELECT} WHERE ${where.join(" AND ")} ORDER BY r.ts_ms ${direction}, r.shard ${direction}, r.seq ${direction} LIMIT ?4`;
  return db.prepare(text).bind(...params);
}

/** Places are ordered by time, service, shard, seq; within one service the middle part is decided already. */
function afterPlace(service: string, after: Place, order: Order, first: number): { where: string; params: number[] } {
  const sign = order === "newest" ? "<" : ">";
  if (service === after.service)
    return {
      where: `(r.ts_ms, r.shard, r.seq) ${sign} (?${first}, ?${first + 1}, ?${first + 2})`,
      params: [after.tsMs, after.shard, after.seq],
    };
  const isBeyond = order === "newest" ? service < after.service : service > after.service;
  return { where: `r.ts_ms ${sign}${isBeyond ? "=" : ""} ?${first}`, params: [after.tsMs] };
}

function recordOf(row: Row) {
  const agent: Agent | undefined =
    row.agent_id === null
      ? undefined
      : {
          id: row.agent_id,
          text: row.agent_text!,
          browser: row.agent_browser,
          os: row.agent_os,
          device: row.agent_device,
          bot: row.agent_bot,
        };
  return recordOfRow(
    ROW_COLUMNS.map((column) => row[column]),
    agent,
  );
}
