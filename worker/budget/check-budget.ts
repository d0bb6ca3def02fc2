import type { Context } from "hono";
import { dollarsOf } from "../../core/query/dollars-of.ts";
import type { AppEnv, Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { preflight } from "../query/preflight.ts";
import type { Question } from "../query/question.ts";
import { type BudgetState, budgetState, spend } from "./query-budget.ts";

const SELECT_ALL =
  "SELECT (SELECT ifnull(sum(records), 0) FROM services) AS records, (SELECT count(*) FROM segments) AS segments";
const KNOWN_MS = 60_000;
const READS_AN_OBJECT = 10;

let most: { dollars: number; untilMs: number } | undefined;

/**
 * Refuses a question that would cost more than one may, or that comes when the day's budget is spent. What it would cost is
 * worked out only where all records together would cost more than that.
 *
 * @throws ApiError budget_spent, query_too_expensive
 */
export async function checkBudget(c: Context<AppEnv>, question: Question, limit?: number): Promise<void> {
  const nowMs = Date.now();
  const { requestDollars } = await checkDay(c, nowMs);
  if ((!question.filter && limit !== undefined) || (await mostDollars(c.env, nowMs)) <= requestDollars) return;
  const { costDollars, rowsToRead } = await preflight(c.env, question, limit, nowMs);
  if (costDollars > requestDollars) throw tooExpensive(rowsToRead, costDollars, requestDollars);
}

/** @throws ApiError budget_spent */
export async function checkDay(c: Context<AppEnv>, nowMs: number): Promise<BudgetState> {
  const state = await budgetState(c.env, nowMs);
  if (state.spentDollars < state.dayDollars) return state;
  const dayMs = 86_400_000;
  throw new ApiError(
    "budget_spent",
    `today's questions have cost $${state.spentDollars.toPrecision(3)}, at most $${state.dayDollars} a UTC day may be spent: PUT /api/budget raises it`,
    { retryAfterSeconds: Math.ceil((dayMs - (nowMs % dayMs)) / 1_000) },
  );
}

export const tooExpensive = (rows: number, cost: number, allowed: number): ApiError =>
  new ApiError(
    "query_too_expensive",
    `up to ${Math.ceil(rows).toLocaleString("en")} records would have to be read for $${cost.toPrecision(2)}, at most $${allowed} a request may be spent: ask for a shorter range, or raise it with PUT /api/budget`,
  );

/** Notes what was read, after the answer. */
export function noteSpent(c: Context<AppEnv>, read: { rows: number }): void {
  c.executionCtx.waitUntil(spend(c.env, dollarsOf(read), Date.now()));
}

/** What it costs to read every record there is, at most. */
async function mostDollars(env: Env, nowMs: number): Promise<number> {
  if (!most || nowMs >= most.untilMs) {
    const row = await env.DB.prepare(SELECT_ALL).first<{ records: number; segments: number }>();
    most = {
      dollars: dollarsOf({ rows: row?.records ?? 0, objects: (row?.segments ?? 0) * READS_AN_OBJECT }),
      untilMs: nowMs + KNOWN_MS,
    };
  }
  return most.dollars;
}
