import { isoText } from "../../core/iso-text.ts";
import { type BucketJson, bucketJson, type FiguresJson, figuresOf } from "../../core/stats/bucket-json.ts";
import { type FigureName, withFigures } from "../../core/stats/figures.ts";
import { STATS_SECTIONS } from "../../core/stats/needed-sections.ts";
import { countsByStep, rebucket } from "../../core/summary/rebucket.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { mergeAll } from "../../core/summary/summary.ts";
import { stepFor, type TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { type Measured, measure } from "./measure.ts";
import { BEGINNING_MS, type Question } from "./question.ts";
import { storedRange } from "./stored-range.ts";

const MAX_BUCKETS = 1_500;

export interface TimeSeries {
  /** Where its steps begin and end; of a question without a beginning, where there is data. */
  range: TimeRange;
  stepMs: number;
  measured: Measured;
}

/** What `/api/stats` tells of each step. */
export function bucketsJson(
  { measured, range: { fromMs, toMs }, stepMs }: TimeSeries,
  names: readonly FigureName[],
): BucketJson[] {
  if (names.length === 0)
    return countsByStep(measured.parts, fromMs, toMs, stepMs).map(
      ({ startMs, count }) => ({ time: isoText(startMs), count }) as BucketJson,
    );
  return rebucket(measured.parts, fromMs, toMs, stepMs).map((bucket) => {
    const told = measured.told?.figures.get(bucket.startMs);
    return withFigures(told ? { time: isoText(bucket.startMs), ...told } : bucketJson(bucket), names);
  });
}

/** All steps as one. */
export const totalOf = ({ parts, told }: Measured): FiguresJson =>
  figuresOf(mergeAll([...parts, ...(told?.parts ?? [])].map(({ summary }) => summary)));

/** The statistics of a question by steps, of the length asked for or of one that people read well. */
export async function timeSeries(
  env: Env,
  question: Question,
  asked: number | undefined,
  nowMs: number,
  only: ReadonlySet<SectionName> = STATS_SECTIONS,
): Promise<TimeSeries> {
  const isOpen = question.fromMs === BEGINNING_MS;
  const stored = isOpen ? ((await storedRange(env, question.service)) ?? { fromMs: nowMs, toMs: nowMs }) : undefined;
  const { fromMs, toMs } = stored ?? question;
  // An old log ends where it ends: steps up to now would be of days.
  let stepMs = asked ?? stepFor({ fromMs, toMs: Math.min(toMs, question.toMs, nowMs) });
  // What is older than all that is stored, or kept by the day, asks for longer steps.
  const isAnyStep = isOpen && asked === undefined;
  const measured = await measure(env, question, { stepMs, isAnyStep, only }, nowMs);
  const range = isOpen ? rangeOf(measured, question.toMs, nowMs) : question;
  if (isAnyStep) stepMs = measured.parts.reduce((longest, part) => Math.max(longest, part.stepMs), stepFor(range));
  if ((range.toMs - range.fromMs) / stepMs > MAX_BUCKETS) {
    throw new ApiError(
      "invalid_request",
      `the range has more than ${MAX_BUCKETS} steps: take a longer step or a shorter range`,
      { issues: [{ path: "step", message: `at most ${MAX_BUCKETS} steps` }] },
    );
  }
  return { range, stepMs, measured };
}

/** From the first part to the end that was asked for, the last part where none was; nothing but now where there is none. */
function rangeOf({ parts, told }: Measured, toMs: number, nowMs: number): TimeRange {
  const isEndOpen = toMs === Number.MAX_SAFE_INTEGER;
  const range = { fromMs: Math.min(nowMs, toMs), toMs: isEndOpen ? nowMs : toMs };
  const starts = parts.map(({ startMs }) => startMs);
  for (const [startMs, { count }] of told?.figures ?? []) if (count > 0) starts.push(startMs);
  starts.forEach((startMs, at) => {
    range.fromMs = at === 0 ? startMs : Math.min(range.fromMs, startMs);
    if (isEndOpen) range.toMs = at === 0 ? startMs + 1 : Math.max(range.toMs, startMs + 1);
  });
  return range;
}
