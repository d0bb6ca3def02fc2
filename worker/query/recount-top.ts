import { TEXT_COLUMNS } from "../../core/query/columns.ts";
import { predicateOf } from "../../core/query/predicate-of.ts";
import { sqlOf } from "../../core/query/sql-of.ts";
import type { TextColumnName } from "../../core/segment/columns.ts";
import type { Dimension } from "../../core/summary/dimensions.ts";
import type { Top } from "../../core/summary/top-of-hitters.ts";
import { type FoundSegment, foundSegments, selectSegments } from "../archive/segments-of.ts";
import type { Env } from "../env.ts";
import { type HeldRange, memoryRecords } from "./memory-records.ts";
import type { Question } from "./question.ts";
import { addSegmentCounts } from "./segment-counts.ts";
import { servicesOf } from "./services-of.ts";

interface CountRow {
  value: string;
  count: number;
}

/** Of the dimensions that rows have a column for: where the archive keeps them. */
const ARCHIVE_COLUMNS: Partial<Record<Dimension, readonly [TextColumnName, TextColumnName?]>> = {
  path: ["path"],
  pathTemplate: ["path_template", "path"],
  ip: ["ip"],
  country: ["country"],
  method: ["method"],
  referrer: ["referrer"],
  event: ["event"],
  host: ["host"],
  app: ["app"],
};

export interface RecountedTop extends Top {
  answeredFrom: "records";
  scanned: number;
}

/**
 * The exact top values, counted over hot rows, archive and memory; undefined for a dimension that rows have no column of their own for
 * (those have few values, and summaries count them all) and where memory holds more than one answer reads.
 */
export async function recountTop(
  env: Env,
  question: Question,
  dimension: Dimension,
  limit: number,
  nowMs: number,
): Promise<RecountedTop | undefined> {
  const column = dimension === "status" || dimension === "level" ? undefined : TEXT_COLUMNS[dimension].row;
  if (column === undefined || TEXT_COLUMNS[dimension as keyof typeof TEXT_COLUMNS].table) return undefined;
  const services = await servicesOf(env, question.service);
  const memory = await memoryRecords(env, question.service, question, nowMs);
  if (memory.isCut) return undefined;
  const counts = new Map<string, number>();
  let scanned = memory.found.length;
  const results = await env.DB.batch<unknown>(
    services.flatMap((service) => [
      statementOf(env.DB, service, column, question, nowMs, memory.held.get(service) ?? []),
      selectSegments(env.DB, service, question),
    ]),
  );
  const segments: FoundSegment[] = [];
  for (const [at, service] of services.entries()) {
    const [rows, archived] = [results[at * 2]!, results[at * 2 + 1]!];
    scanned += rows.meta.rows_read;
    for (const { value, count } of rows.results as CountRow[]) counts.set(value, (counts.get(value) ?? 0) + count);
    segments.push(...foundSegments(service, archived.results));
  }
  const scan = { ...question, nowMs, held: memory.held };
  const archived = await addSegmentCounts(env, segments, scan, ARCHIVE_COLUMNS[dimension]!, counts);
  if (archived.isPartial) return undefined;
  scanned += archived.scanned;
  const matches = question.filter ? predicateOf(question.filter, nowMs) : () => true;
  for (const { record, service } of memory.found) {
    const value = record[dimension as keyof typeof record];
    if (typeof value === "string" && matches(record, service)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const ranked = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const values = ranked.slice(0, limit);
  const other = ranked.slice(limit).reduce((sum, { count }) => sum + count, 0);
  return { values, other, errorBound: 0, answeredFrom: "records", scanned };
}

// What memory holds is counted there, whether it is stored by now or not.
function statementOf(
  db: D1Database,
  service: string,
  column: string,
  { fromMs, toMs, filter }: Question,
  nowMs: number,
  held: readonly HeldRange[],
): D1PreparedStatement {
  const sql = filter ? sqlOf(filter, nowMs, 5) : undefined;
  const where = sql?.ok ? ` AND (${sql.value.where})` : "";
  return db
    .prepare(
      `SELECT ${column} AS value, count(*) AS count FROM records r
       WHERE r.service_id = (SELECT id FROM services WHERE name = ?1) AND r.ts_ms >= ?2 AND r.ts_ms < ?3 AND NOT EXISTS (SELECT 1 FROM json_each(?4) WHERE r.shard = value ->> 2 AND r.seq BETWEEN value ->> 0 AND value ->> 1) AND ${column} IS NOT NULL${where} GROUP BY 1`,
    )
    .bind(service, fromMs, toMs, JSON.stringify(held), ...(sql?.ok ? sql.value.params : []));
}
