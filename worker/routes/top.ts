import { Hono } from "hono";
import * as v from "valibot";
import { topSections } from "../../core/stats/needed-sections.ts";
import { DIMENSIONS, type Dimension } from "../../core/summary/dimensions.ts";
import { topOf } from "../../core/summary/read-summary.ts";
import { mergeAll } from "../../core/summary/summary.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { type Measured, measure } from "../query/measure.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { recountTop } from "../query/recount-top.ts";
import { validQuery } from "../validate.ts";

const limit = v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(1_000));

const query = v.object({ ...questionQuery, limit: v.optional(limit, "10") });

const described = describe({
  tag: "Ask",
  summary: "The most frequent values of a dimension, with what is left and how far off a count may be.",
  params: { dimension: `One of ${DIMENSIONS.join(", ")}.` },
  example: { params: { dimension: "path" }, query: { service: "web", from: "0", limit: "5" } },
  answer: { values: [{ value: "/cart", count: 1 }], other: 0, errorBound: 0 },
});

/** GET /api/top/:dimension: its most frequent values in a range, with what is left and how far off a count may be. */
export const top = new Hono<AppEnv>().get("/:dimension", described, validQuery(query), async (c) => {
  const dimension = dimensionOf(c.req.param("dimension"));
  const nowMs = Date.now();
  const { limit: count, ...raw } = c.req.valid("query");
  const question = questionOf(raw, nowMs);
  const measured = await measure(c.env, question, Number.POSITIVE_INFINITY, nowMs, topSections(dimension));
  const summary = mergeAll(
    measured.parts.map((part) => part.summary),
    RECOUNT_UP_TO,
  );
  const answer = topOf(summary, dimension, count);
  const recounted =
    answer.errorBound > 0 && summary.count <= RECOUNT_UP_TO && !measured.isPartial
      ? await recountTop(c.env, question, dimension, count, nowMs)
      : undefined;
  return c.json(recounted ?? { ...answer, ...provenanceOf(measured) });
});

/** So few records are counted again one by one where their summaries know a count only within a bound. */
const RECOUNT_UP_TO = 20_000;

const provenanceOf = ({ answeredFrom, scanned, isPartial }: Measured) => ({
  answeredFrom,
  scanned,
  ...(isPartial ? { partial: true } : {}),
});

/** Spellings of the filter language's fields are taken too: `path_template`. */
function dimensionOf(name: string): Dimension {
  const known = DIMENSIONS.find((dimension) => dimension.toLowerCase() === name.replaceAll("_", "").toLowerCase());
  if (!known)
    throw new ApiError("invalid_request", `no dimension ${name.slice(0, 64)}: take one of ${DIMENSIONS.join(", ")}`);
  return known;
}
