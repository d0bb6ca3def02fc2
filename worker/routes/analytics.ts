import { type Context, Hono } from "hono";
import * as v from "valibot";
import { STATS_SECTIONS, topSections } from "../../core/stats/needed-sections.ts";
import type { Dimension } from "../../core/summary/dimensions.ts";
import { durationsOf, statusClassesOf, topOf } from "../../core/summary/read-summary.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { mergeAll, type Summary } from "../../core/summary/summary.ts";
import { checkBudget, noteSpent } from "../budget/check-budget.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { measure } from "../query/measure.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { validQuery } from "../validate.ts";

const limit = v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(1_000));
const query = v.object({ ...questionQuery, limit: v.optional(limit, "10") });
type AnalyticsQuery = v.InferOutput<typeof query>;

const ranked = (summary: string) =>
  describe({
    tag: "Ask",
    summary,
    example: { query: { service: "web", from: "0" } },
    answer: { values: [], other: 0, errorBound: 0, answeredFrom: "summaries" },
  });
const errorRate = describe({
  tag: "Ask",
  summary: "Share of answers that are 4xx and 5xx, and the count of every status.",
  example: { query: { service: "web", from: "0" } },
  answer: { requests: 1, clientErrors: 0, serverErrors: 0, errorRate: 0, serverErrorRate: 0, statuses: {} },
});
const responseTime = describe({
  tag: "Ask",
  summary: "Percentiles of the response times.",
  example: { query: { service: "web", from: "0" } },
  answer: { count: 1, durationMs: { p50: 12, p90: 12, p95: 12, p99: 12 } },
});

/** Web analytics by the names that people know them under; the same figures as /api/top and /api/stats. */
export const analytics = new Hono<AppEnv>()
  .get("/requests_per_endpoint", ranked("Requests of each path template."), validQuery(query), (c) =>
    top(c, c.req.valid("query"), "pathTemplate"),
  )
  .get("/top_ips", ranked("Addresses with most requests."), validQuery(query), (c) =>
    top(c, c.req.valid("query"), "ip"),
  )
  .get("/countries", ranked("Requests of each country."), validQuery(query), (c) =>
    top(c, c.req.valid("query"), "country"),
  )
  .get("/error_rate", errorRate, validQuery(query), async (c) => {
    const { summary, provenance } = await merged(c, c.req.valid("query"), STATS_SECTIONS);
    let requests = 0;
    for (const count of summary.statuses.values()) requests += count;
    const classes = statusClassesOf(summary);
    const clientErrors = classes["4xx"] ?? 0;
    const serverErrors = classes["5xx"] ?? 0;
    const rateOf = (count: number): number => (requests === 0 ? 0 : count / requests);
    return c.json({
      requests,
      clientErrors,
      serverErrors,
      errorRate: rateOf(clientErrors + serverErrors),
      serverErrorRate: rateOf(serverErrors),
      statuses: Object.fromEntries([...summary.statuses].sort(([a], [b]) => a - b)),
      ...provenance,
    });
  })
  .get("/response_time", responseTime, validQuery(query), async (c) => {
    const { summary, provenance } = await merged(c, c.req.valid("query"), STATS_SECTIONS);
    return c.json({ count: summary.durations.count, durationMs: durationsOf(summary) ?? null, ...provenance });
  });

async function top(c: Context<AppEnv>, asked: AnalyticsQuery, dimension: Dimension): Promise<Response> {
  const { summary, provenance } = await merged(c, asked, topSections(dimension));
  return c.json({ ...topOf(summary, dimension, asked.limit), ...provenance });
}

interface Provenance {
  answeredFrom: "summaries" | "records";
  scanned: number;
  rounded?: true;
  partial?: true;
}

/** The statistics of all records of a question, and what they are made of. */
async function merged(
  c: Context<AppEnv>,
  { limit: _limit, ...raw }: AnalyticsQuery,
  only: ReadonlySet<SectionName>,
): Promise<{ summary: Summary; provenance: Provenance }> {
  const nowMs = Date.now();
  const question = questionOf(raw, nowMs);
  if (question.filter) await checkBudget(c, question);
  const { parts, answeredFrom, scanned, isPartial, isRounded } = await measure(
    c.env,
    question,
    { stepMs: Number.POSITIVE_INFINITY, only },
    nowMs,
  );
  noteSpent(c, { rows: scanned });
  return {
    summary: mergeAll(parts.map((part) => part.summary)),
    provenance: {
      answeredFrom,
      scanned,
      ...(isRounded ? { rounded: true } : {}),
      ...(isPartial ? { partial: true } : {}),
    },
  };
}
