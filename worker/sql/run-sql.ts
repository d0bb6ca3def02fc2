import { dollarsOf } from "../../core/query/dollars-of.ts";
import { type BoundSql, boundedSql, plainSql, type ViewScope } from "../../core/sql/bounded-sql.ts";
import { type GuardedSql, guardSql } from "../../core/sql/guard-sql.ts";
import { type PlanRow, planSteps } from "../../core/sql/plan-steps.ts";
import { VIEW_NAMES } from "../../core/sql/views/registry.ts";
import { tooExpensive } from "../budget/check-budget.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { type AnswerRow, type SqlColumn, shownRows, typeOfColumn } from "./answer-rows.ts";
import { sqlErrorOf } from "./sql-error-of.ts";

export interface SqlAnswer {
  columns: SqlColumn[];
  rows: (string | number | null)[][];
  rowsRead: number;
  costDollars: number;
  ms: number;
  /** There are more rows, or more bytes than one answer carries. */
  truncated: boolean;
}

export interface SqlPlan {
  /** As EXPLAIN QUERY PLAN tells it. */
  plan: PlanRow[];
  /** Rows that the database would go through, at most and roughly. */
  steps: number;
}

export interface SqlQuestion {
  sql: string;
  scope: ViewScope;
  maxRows: number;
  explain: boolean;
  /** What reading may cost. */
  maxDollars: number;
}

export const MAX_ROWS = 10_000;
/** Of all cells of an answer: an isolate has 128 MB for them as text, as objects and as JSON. */
export const MAX_ANSWER_BYTES = 8_000_000;
/** D1 takes 100 columns, and two are added. */
export const MAX_COLUMNS = 98;
/** SQLite goes through as many in 10 to 30 seconds; D1 ends a query after 30. */
export const MAX_STEPS = 500_000_000;
const MAX_MS = 30_000;

const SELECT_SIZES = "SELECT count(*) AS services, ifnull(sum(records), 0) AS records FROM services";

/** Runs one reading statement over the views; everything else is refused with its place. */
export async function runSql(env: Env, question: SqlQuestion): Promise<SqlAnswer | SqlPlan> {
  const { sql, scope, maxRows, explain, maxDollars } = question;
  const startedMs = Date.now();
  const guarded = guardSql(sql, VIEW_NAMES);
  if (!guarded.ok) {
    const { reason, detail, column } = guarded;
    throw new ApiError("sql_refused", detail, { issues: [{ path: "sql", message: reason, column }] });
  }
  const { value } = guarded;
  const { plan, steps } = await planOf(env.DB, sql, value, scope);
  if (explain || value.isPlan) return { plan, steps };
  if (steps > MAX_STEPS)
    throw new ApiError(
      "query_too_expensive",
      `the statement would go through about ${steps.toPrecision(2)} rows, at most ${MAX_STEPS.toPrecision(1)} may be: join on more, or ask for fewer first`,
    );
  const cost = dollarsOf({ rows: steps });
  if (cost > maxDollars) throw tooExpensive(steps, cost, maxDollars);
  const names = await columnsOf(env.DB, sql, value, scope);
  if (names.length > MAX_COLUMNS)
    throw new ApiError("sql_refused", `the statement answers ${names.length} columns, at most ${MAX_COLUMNS} may be`);

  const bound = boundedSql(value, scope, { columns: names.length, maxRows, maxBytes: MAX_ANSWER_BYTES });
  const { results, meta } = await inTime(ask(sql, value, bound, () => prepared(env.DB, bound).all<AnswerRow>()));
  const shown = shownRows(results, maxRows, MAX_ANSWER_BYTES);
  return {
    columns: names.map((name, at) => ({ name, type: typeOfColumn(shown, at) })),
    rows: shown.map((row) => names.map((_name, at) => row[`c${at}`]!)),
    rowsRead: meta.rows_read,
    costDollars: dollarsOf({ rows: meta.rows_read }),
    ms: Date.now() - startedMs,
    truncated: shown.length < results.length,
  };
}

async function planOf(db: D1Database, sql: string, guarded: GuardedSql, scope: ViewScope): Promise<SqlPlan> {
  const bound = plainSql(guarded, scope, "plan");
  const [plan, sizes] = await ask(sql, guarded, bound, () => db.batch([prepared(db, bound), db.prepare(SELECT_SIZES)]));
  const rows = plan!.results as PlanRow[];
  const steps = planSteps(rows, sizes!.results[0] as { services: number; records: number }, guarded.listItems);
  return { plan: rows.map(({ id, parent, detail }) => ({ id, parent, detail })), steps };
}

/** What the columns are called; equal names get a number. */
async function columnsOf(db: D1Database, sql: string, guarded: GuardedSql, scope: ViewScope): Promise<string[]> {
  const bound = plainSql(guarded, scope, "columns");
  const [names] = await ask(sql, guarded, bound, () => prepared(db, bound).raw({ columnNames: true }));
  return names;
}

const prepared = (db: D1Database, { sql, params }: BoundSql): D1PreparedStatement => db.prepare(sql).bind(...params);

async function ask<Answer>(
  sql: string,
  { start }: GuardedSql,
  { sql: asked, queryAt }: BoundSql,
  run: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    throw sqlErrorOf(error, { sql, asked, shift: start - queryAt });
  }
}

/** The database cannot be told to stop; whoever asked need not wait for it. */
async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new ApiError("query_timeout", `the statement took longer than ${MAX_MS / 1_000} seconds`)),
      MAX_MS,
    );
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
