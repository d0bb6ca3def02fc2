import { Hono } from "hono";
import * as v from "valibot";
import { ALL_FIGURES, sectionsOf, withFigures } from "../../core/stats/figures.ts";
import { withRates } from "../../core/stats/with-rates.ts";
import { checkBudget, noteSpent } from "../budget/check-budget.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { earlier } from "../query/compared.ts";
import { grouped, MAX_RECORDS } from "../query/grouped.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { bucketsJson, timeSeries, totalOf } from "../query/time-series.ts";
import { validQuery } from "../validate.ts";

const MIN_STEP_MS = 1_000;
const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const spanMs = (text: string): number =>
  Number.parseInt(text, 10) * UNIT_MS[(/[a-z]+$/.exec(text)?.[0] ?? "ms") as keyof typeof UNIT_MS];

/** `step` in milliseconds, or 30s, 5m, 1h, 1d. */
const step = v.pipe(
  v.string(),
  v.regex(/^\d{1,12}(ms|s|m|h|d|w)?$/, "expected milliseconds, or a number with s, m, h, d or w"),
  v.transform(spanMs),
  v.minValue(MIN_STEP_MS, "at least one second"),
);

/** How far back the range to compare with is: `-1d`, `-1w`. */
const compare = v.pipe(
  v.string(),
  v.regex(/^-\d{1,9}[smhdw]$/, "expected how far back: -1h, -1d, -1w"),
  v.transform((text) => spanMs(text.slice(1))),
  v.minValue(MIN_STEP_MS, "at least one second"),
);

const only = v.pipe(
  v.string(),
  v.transform((text) => text.split(",").map((name) => name.trim())),
  v.array(v.picklist(["count", ...ALL_FIGURES])),
  v.transform((names) => names.filter((name) => name !== "count")),
);

const query = v.object({
  ...questionQuery,
  step: v.optional(step),
  compare: v.optional(compare),
  /** `1`: how many records a second each step had, and how that changed from the step before. */
  rate: v.optional(v.picklist(["0", "1"]), "0"),
  /** Names with commas between: what to tell beside the count, which is told faster alone. Everything without. */
  only: v.optional(only),
  /** One or two names with a comma between: `status`, `path,method`, `attrs.plan`. */
  groupBy: v.optional(v.pipe(v.string(), v.maxLength(600))),
  /** With `groupBy`, `all`: errors, bytes and response times of each group too, counted from the records. */
  figures: v.optional(v.picklist(["counts", "all"]), "counts"),
  /** With `groupBy`: how many records are counted one by one at most, the newest first. */
  records: v.optional(
    v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MAX_RECORDS)),
    String(MAX_RECORDS),
  ),
  /** How many groups to tell. */
  limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(1_000)), "10"),
});

const described = describe({
  tag: "Ask",
  summary:
    "Counts, levels, status classes, bytes, latency and unique addresses of each step of a range; with `compare` the same range earlier beside it, with `groupBy` the counts of each value.",
  example: {
    query: {
      service: "web",
      from: "2026-11-22T09:00:00Z",
      to: "2026-11-22T11:00:00Z",
      step: "1h",
      compare: "-1d",
    },
  },
  answer: {
    step: 3_600_000,
    buckets: [{ time: "2026-11-22T09:00:00.000Z", count: 0, levels: {}, statuses: {}, bytes: 0, uniqueIps: 0 }],
    total: { count: 1, levels: {}, statuses: {}, bytes: 512, uniqueIps: 1, uniqueUsers: 0 },
    answeredFrom: "summaries",
    compare: { from: "2026-11-21T09:00:00.000Z", buckets: [{ count: 0 }], total: { count: 0 } },
  },
});

/**
 * GET /api/stats: counts, levels, status classes, bytes, latency and unique addresses of each step of a range, and of all of it.
 * With `groupBy`, the counts of each value instead.
 */
export const stats = new Hono<AppEnv>().get("/", described, validQuery(query), async (c) => {
  const nowMs = Date.now();
  const {
    step: asked,
    compare: backMs,
    rate,
    only: names = ALL_FIGURES,
    groupBy,
    figures,
    records,
    limit,
    ...raw
  } = c.req.valid("query");
  const question = questionOf(raw, nowMs);
  if (groupBy !== undefined && groupBy !== "") {
    const names = groupBy.split(",").map((name) => name.trim());
    await checkBudget(c, question);
    const how = { stepMs: asked, limit, withFigures: figures === "all", maxRecords: records };
    const groups = await grouped(c.env, { question, groupBy: names, ...how }, nowMs);
    noteSpent(c, { rows: groups.scanned });
    return c.json(groups);
  }
  // Statistics are kept by the minute: other steps are counted from the records.
  if (question.filter || (asked ?? 0) % 60_000 !== 0) await checkBudget(c, question);
  const series = await timeSeries(c.env, question, asked, nowMs, sectionsOf(names));
  const { stepMs, measured } = series;
  const buckets = bucketsJson(series, names);
  const total = totalOf(measured);
  const { answeredFrom, scanned, isPartial, forgotten, isRounded } = measured;
  noteSpent(c, { rows: scanned });
  return c.json({
    step: stepMs,
    buckets: rate === "1" ? withRates(buckets, stepMs) : buckets,
    total: withFigures(total, names),
    answeredFrom,
    scanned,
    ...(isRounded ? { rounded: true } : {}),
    ...(isPartial ? { partial: true } : {}),
    ...(forgotten > 0 ? { forgotten } : {}),
    ...(backMs === undefined
      ? {}
      : { compare: await earlier(c.env, question, series, { total, backMs, figures: names }, nowMs) }),
  });
});
