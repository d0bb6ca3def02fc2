import type { BucketJson, FiguresJson } from "../../core/stats/bucket-json.ts";
import { type ChangeJson, changeOf } from "../../core/stats/change-of.ts";
import { type FigureName, sectionsOf, withFigures } from "../../core/stats/figures.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import type { Question } from "./question.ts";
import { bucketsJson, type TimeSeries, timeSeries, totalOf } from "./time-series.ts";

export interface EarlierJson {
  from: string;
  to: string;
  /** As many as there are now, each with its own time. */
  buckets: BucketJson[];
  total: FiguresJson;
  /** Of the total, from then to now. */
  change: ChangeJson;
  answeredFrom: string;
}

/** The same range earlier, step by step beside the one asked for; throws where the way back is no whole number of steps. */
export async function earlier(
  env: Env,
  question: Question,
  { range, stepMs }: TimeSeries,
  { total, backMs, figures }: { total: FiguresJson; backMs: number; figures: readonly FigureName[] },
  nowMs: number,
): Promise<EarlierJson> {
  if (backMs % stepMs !== 0)
    throw new ApiError("invalid_request", `compare: has to be a multiple of the step, which is ${stepMs} ms`, {
      issues: [{ path: "compare", message: `a multiple of ${stepMs} ms` }],
    });
  const back = { fromMs: range.fromMs - backMs, toMs: range.toMs - backMs };
  const { measured } = await timeSeries(env, { ...question, ...back }, stepMs, nowMs, sectionsOf(figures));
  const before = totalOf(measured);
  return {
    from: new Date(back.fromMs).toISOString(),
    to: new Date(back.toMs).toISOString(),
    buckets: bucketsJson({ measured, range: back, stepMs }, figures),
    total: withFigures(before, figures),
    change: changeOf(total, before, figures),
    answeredFrom: measured.answeredFrom,
  };
}
