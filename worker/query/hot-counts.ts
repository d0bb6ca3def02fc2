import { sqlOf } from "../../core/query/sql-of.ts";
import { addCount, type Counted } from "../../core/summary/add-count.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { type FoundSegment, foundSegments, selectSegments } from "../archive/segments-of.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import type { HeldRange } from "./memory-records.ts";
import type { PartsByStep } from "./parts-by-step.ts";
import type { Question } from "./question.ts";

/** Sections that the database can add up, so that no record has to leave it; by the columns that they need. */
const COLUMN_OF: Partial<Record<SectionName, string>> = { levels: "level", statuses: "status", bytes: "bytes" };

export const isCountable = (only: ReadonlySet<SectionName>): boolean => [...only].every((name) => name in COLUMN_OF);

/** D1 takes 1,000 queries a request. */
const SERVICES_A_BATCH = 100;

interface Asked {
  question: Question;
  only: ReadonlySet<SectionName>;
  nowMs: number;
  /** Records that are counted elsewhere, by service. */
  held: ReadonlyMap<string, readonly HeldRange[]>;
}

interface CountRow extends Counted {
  startMs: number;
}

/** Counts the hot rows that a question finds, as many as there are, into its parts; and tells which segments have the rest. */
export async function addHotCounts(
  { DB }: Env,
  services: readonly string[],
  asked: Asked,
  parts: PartsByStep,
): Promise<{ rowsRead: number; segments: FoundSegment[] }> {
  const counted = { rowsRead: 0, segments: [] as FoundSegment[] };
  for (let from = 0; from < services.length; from += SERVICES_A_BATCH) {
    const group = services.slice(from, from + SERVICES_A_BATCH);
    const results = await DB.batch<unknown>(
      group.flatMap((service) => [
        statementOf(DB, service, asked, parts.stepMs),
        selectSegments(DB, service, asked.question),
      ]),
    );
    for (const [at, service] of group.entries()) {
      const [rows, segments] = [results[at * 2]!, results[at * 2 + 1]!];
      counted.rowsRead += rows.meta.rows_read;
      for (const row of rows.results as CountRow[]) addCount(parts.at(row.startMs), row);
      counted.segments.push(...foundSegments(service, segments.results));
    }
  }
  return counted;
}

function statementOf(
  db: D1Database,
  service: string,
  { question: { fromMs, toMs, filter }, only, nowMs, held }: Asked,
  stepMs: number,
): D1PreparedStatement {
  const keys = ["levels", "statuses"]
    .filter((name) => only.has(name as SectionName))
    .map((name) => COLUMN_OF[name as SectionName]!);
  const where = ["r.service_id = (SELECT id FROM services WHERE name = ?1)", "r.ts_ms >= ?2", "r.ts_ms < ?3"];
  const params: (string | number)[] = [service, fromMs, toMs, stepMs];
  if (filter) {
    const sql = sqlOf(filter, nowMs, params.length + 1);
    if (!sql.ok) throw new ApiError(sql.reason, sql.detail);
    where.push(`(${sql.value.where})`);
    params.push(...sql.value.params);
  }
  const elsewhere = held.get(service) ?? [];
  if (elsewhere.length > 0) {
    params.push(JSON.stringify(elsewhere));
    where.push(
      `NOT EXISTS (SELECT 1 FROM json_each(?${params.length}) h WHERE r.shard = h.value ->> 2 AND r.seq BETWEEN h.value ->> 0 AND h.value ->> 1)`,
    );
  }
  const selected = [
    // SQLite's % has the sign of its left side.
    "r.ts_ms - ((r.ts_ms % ?4) + ?4) % ?4 AS startMs",
    ...keys.map((key) => `r.${key} AS ${key}`),
    "count(*) AS count",
    ...(only.has("bytes") ? ["sum(max(r.bytes, 0)) AS bytes"] : []),
  ];
  return db
    .prepare(
      `SELECT ${selected.join(", ")} FROM records r WHERE ${where.join(" AND ")} GROUP BY ${["1", ...keys.map((_, at) => at + 2)].join(", ")}`,
    )
    .bind(...params);
}
