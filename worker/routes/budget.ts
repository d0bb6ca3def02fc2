import { Hono } from "hono";
import { budgetState, queryBudget, writeBudget } from "../budget/query-budget.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { validJson } from "../validate.ts";

const STATE = { requestDollars: 0.05, dayDollars: 5, spentDollars: 0.001 };
const show = describe({
  tag: "Ask",
  summary: "What questions may cost, and what today's have cost: dollars at Cloudflare's list price.",
  example: {},
  answer: STATE,
});
const change = describe({
  tag: "Ask",
  summary: "Sets what one request and all of a UTC day may cost.",
  example: { body: { requestDollars: 0.05, dayDollars: 5 } },
  answer: STATE,
});

/** GET /api/budget: limits, and what was spent today. PUT: other limits. */
export const budget = new Hono<AppEnv>()
  .get("/", show, async (c) => c.json(await budgetState(c.env, Date.now())))
  .put("/", change, validJson(queryBudget), async (c) => {
    const nowMs = Date.now();
    await writeBudget(c.env, c.req.valid("json"), nowMs);
    return c.json(await budgetState(c.env, nowMs));
  });
