import { Hono } from "hono";
import * as v from "valibot";
import { bucketJson } from "../../core/stats/bucket-json.ts";
import { STATS_SECTIONS } from "../../core/stats/needed-sections.ts";
import { rebucket } from "../../core/summary/rebucket.ts";
import { stepFor, type TimeRange } from "../../core/time-range.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { type Measured, measure } from "../query/measure.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { validQuery } from "../validate.ts";

const MAX_BUCKETS = 1_500;
const MIN_STEP_MS = 1_000;

/** `step` in milliseconds, or 30s, 5m, 1h, 1d. */
const step = v.pipe(
  v.string(),
  v.regex(/^\d{1,12}(ms|s|m|h|d)?$/, "expected milliseconds, or a number with s, m, h or d"),
  v.transform(
    (text) => Number.parseInt(text, 10) * UNIT_MS[(/[a-z]+$/.exec(text)?.[0] ?? "ms") as keyof typeof UNIT_MS],
  ),
  v.minValue(MIN_STEP_MS, "at least one second"),
);
const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const query = v.object({ ...questionQuery, step: v.optional(step) });

const described = describe({
  tag: "Ask",
  summary: "Counts, levels, status classes, bytes, latency and unique addresses of each step of a range.",
  example: { query: { service: "web", from: "2026-11-22T09:00:00Z", to: "2026-11-22T11:00:00Z", step: "1h" } },
  answer: {
    step: 3_600_000,
    buckets: [{ time: "2026-11-22T09:00:00.000Z", count: 0, levels: {}, statuses: {}, bytes: 0, uniqueIps: 0 }],
    answeredFrom: "summaries",
  },
});

/** GET /api/stats: counts, levels, status classes, bytes, latency and unique addresses of each step of a range. */
export const stats = new Hono<AppEnv>().get("/", described, validQuery(query), async (c) => {
  const nowMs = Date.now();
  const { step: asked, ...raw } = c.req.valid("query");
  const question = questionOf(raw, nowMs);
  // From the beginning: range and step follow from where there is data.
  const isOpen = question.fromMs === 0;
  let stepMs = asked ?? stepFor({ fromMs: question.fromMs, toMs: Math.min(question.toMs, nowMs) });
  const measured = await measure(
    c.env,
    question,
    isOpen && asked === undefined ? Number.POSITIVE_INFINITY : stepMs,
    nowMs,
    STATS_SECTIONS,
  );
  const range = isOpen ? rangeOf(measured.parts, question.toMs, nowMs) : question;
  if (asked === undefined && isOpen) stepMs = Math.max(stepFor(range), ...measured.parts.map((part) => part.stepMs));
  if ((range.toMs - range.fromMs) / stepMs > MAX_BUCKETS) {
    throw new ApiError(
      "invalid_request",
      `the range has more than ${MAX_BUCKETS} steps: take a longer step or a shorter range`,
      {
        issues: [{ path: "step", message: `at most ${MAX_BUCKETS} steps` }],
      },
    );
  }
  const buckets = rebucket(measured.parts, range.fromMs, range.toMs, stepMs).map(bucketJson);
  const { answeredFrom, scanned, isPartial } = measured;
  return c.json({ step: stepMs, buckets, answeredFrom, scanned, ...(isPartial ? { partial: true } : {}) });
});

/** From the first part to the end that was asked for, the last part where none was; nothing but now where there is none. */
function rangeOf(parts: Measured["parts"], toMs: number, nowMs: number): TimeRange {
  const isEndOpen = toMs === Number.MAX_SAFE_INTEGER;
  const range = { fromMs: Math.min(nowMs, toMs), toMs: isEndOpen ? nowMs : toMs };
  parts.forEach(({ startMs }, at) => {
    range.fromMs = at === 0 ? startMs : Math.min(range.fromMs, startMs);
    if (isEndOpen) range.toMs = at === 0 ? startMs + 1 : Math.max(range.toMs, startMs + 1);
  });
  return range;
}
