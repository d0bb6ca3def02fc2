import * as v from "valibot";
import type { Env } from "../env.ts";

const dollars = v.pipe(v.number(), v.minValue(0), v.maxValue(100_000));

/** What asking may cost on Cloudflare, in dollars at list price; on a machine of one's own it bounds the work all the same. */
export const queryBudget = v.strictObject({
  /** One request: 0.05 are 50 million rows. */
  requestDollars: v.optional(dollars, 0.05),
  /** All requests of a UTC day. */
  dayDollars: v.optional(dollars, 5),
});
export type QueryBudget = v.InferOutput<typeof queryBudget>;

export interface BudgetState extends QueryBudget {
  /** Of this UTC day. What another isolate spent in the last seconds is not known yet. */
  spentDollars: number;
}

const BUDGET_KEY = "query_budget";
const spentKey = (day: string): string => `query_spent:${day}`;
const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

const SELECT = "SELECT key, value FROM settings WHERE key IN (?1, ?2)";
const PUT = `INSERT INTO settings (key, value, updated_ms) VALUES (?1, ?2, ?3)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_ms = excluded.updated_ms`;
const ADD = `INSERT INTO settings (key, value, updated_ms) VALUES (?1, CAST(?2 AS TEXT), ?3)
ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS REAL) + ?2 AS TEXT), updated_ms = excluded.updated_ms`;
const FORGET = "DELETE FROM settings WHERE key >= 'query_spent:' AND key < ?1";

/** How long an isolate goes by what it knows, and how often it writes down what it spent. */
const KNOWN_MS = 10_000;

let known: { state: BudgetState; day: string; untilMs: number } | undefined;
let unwritten = 0;
let writtenMs = 0;

/** Limits, and what was spent today. */
export async function budgetState(env: Env, nowMs: number): Promise<BudgetState> {
  const day = dayOf(nowMs);
  if (known?.day !== day || nowMs >= known.untilMs) {
    const { results } = await env.CONTROL.prepare(SELECT)
      .bind(BUDGET_KEY, spentKey(day))
      .all<{ key: string; value: string }>();
    const settingOf = (key: string) => results.find((row) => row.key === key)?.value;
    const limits = v.safeParse(queryBudget, JSON.parse(settingOf(BUDGET_KEY) ?? "{}"));
    known = {
      state: {
        ...(limits.success ? limits.output : v.parse(queryBudget, {})),
        spentDollars: Number(settingOf(spentKey(day)) ?? 0),
      },
      day,
      untilMs: nowMs + KNOWN_MS,
    };
  }
  return { ...known.state, spentDollars: known.state.spentDollars + unwritten };
}

export async function writeBudget(env: Env, budget: QueryBudget, nowMs: number): Promise<void> {
  await env.CONTROL.prepare(PUT).bind(BUDGET_KEY, JSON.stringify(budget), nowMs).run();
  known = undefined;
}

/** Notes what a request has cost; written down every few seconds. An isolate that ends before loses that note. */
export async function spend(env: Env, cost: number, nowMs: number): Promise<void> {
  unwritten += cost;
  if (unwritten === 0 || nowMs - writtenMs < KNOWN_MS) return;
  const amount = unwritten;
  unwritten = 0;
  writtenMs = nowMs;
  const key = spentKey(dayOf(nowMs));
  await env.CONTROL.batch([env.CONTROL.prepare(ADD).bind(key, amount, nowMs), env.CONTROL.prepare(FORGET).bind(key)]);
  if (known) known.state.spentDollars += amount;
}
