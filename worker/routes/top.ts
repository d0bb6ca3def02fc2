import { type Context, Hono } from "hono";
import * as v from "valibot";
import { dimensionNamed } from "../../core/stats/dimension-named.ts";
import { DIMENSIONS, type Dimension } from "../../core/summary/dimensions.ts";
import { checkBudget, noteSpent } from "../budget/check-budget.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { type Question, questionOf, questionQuery } from "../query/question.ts";
import { type TopList, topLists } from "../query/top-lists.ts";
import { validQuery } from "../validate.ts";

const limit = v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(1_000));

const query = v.object({ ...questionQuery, limit: v.optional(limit, "10") });
const manyQuery = v.object({ ...query.entries, dimensions: v.pipe(v.string(), v.maxLength(500)) });

const described = describe({
  tag: "Ask",
  summary: "The most frequent values of a dimension, with what is left and how far off a count may be.",
  params: { dimension: `One of ${DIMENSIONS.join(", ")}.` },
  example: { params: { dimension: "path" }, query: { service: "web", from: "0", limit: "5" } },
  answer: { values: [{ value: "/cart", count: 1 }], other: 0, errorBound: 0 },
});
const manyDescribed = describe({
  tag: "Ask",
  summary: "The most frequent values of several dimensions at once, under the names they were asked by.",
  example: { query: { service: "web", from: "0", dimensions: "path,status", limit: "5" } },
  answer: { tops: { path: { values: [{ value: "/cart", count: 1 }], other: 0, errorBound: 0 } } },
});

/**
 * GET /api/top/:dimension: its most frequent values in a range, with what is left and how far off a count may be.
 * GET /api/top?dimensions=path,status: the same of several, from one read.
 */
export const top = new Hono<AppEnv>()
  .get("/", manyDescribed, validQuery(manyQuery), async (c) => {
    const nowMs = Date.now();
    const { limit: count, dimensions, ...raw } = c.req.valid("query");
    const names = [...new Set(dimensions.split(",").map((name) => name.trim()))];
    const lists = await listsOf(c, questionOf(raw, nowMs), names.map(dimensionOf), count, nowMs);
    return c.json({ tops: Object.fromEntries(names.map((name, at) => [name, lists[at]!])) });
  })
  .get("/:dimension", described, validQuery(query), async (c) => {
    const dimension = dimensionOf(c.req.param("dimension"));
    const nowMs = Date.now();
    const { limit: count, ...raw } = c.req.valid("query");
    const [list] = await listsOf(c, questionOf(raw, nowMs), [dimension], count, nowMs);
    return c.json(list!);
  });

async function listsOf(
  c: Context<AppEnv>,
  question: Question,
  dimensions: readonly Dimension[],
  limit: number,
  nowMs: number,
): Promise<TopList[]> {
  if (question.filter) await checkBudget(c, question);
  const lists = await topLists(c.env, question, dimensions, limit, nowMs);
  noteSpent(c, { rows: Math.max(0, ...lists.map(({ scanned }) => scanned)) });
  return lists;
}

function dimensionOf(name: string): Dimension {
  const known = dimensionNamed(name);
  if (!known)
    throw new ApiError("invalid_request", `no dimension ${name.slice(0, 64)}: take one of ${DIMENSIONS.join(", ")}`);
  return known;
}
