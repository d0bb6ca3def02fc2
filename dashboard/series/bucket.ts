import type { TallyJson } from "../../core/live/frames.ts";
import type { LevelsAnswer, Percentiles, StatsAnswer } from "../api/answers.ts";
import type { Range } from "../time/range.ts";

/** One bar: what happened from `startMs` on for a step. */
export interface Bucket extends TallyJson {
  startMs: number;
  durationMs?: Percentiles | undefined;
}

/** A stretch of time cut into bars, wherever its figures come from. Bars follow each other without a hole. */
export interface Series {
  buckets: Bucket[];
  stepMs: number;
  fromMs: number;
  toMs: number;
  /** What the time axis means: when records were received, or the moments that they carry themselves. */
  basis: "received" | "own";
  isPartial: boolean;
}

/** The bars that are over: the one that is still being filled would look like a fall. All of them where none else is. */
export function endedBuckets({ buckets, stepMs }: Series, atMs: number): readonly Bucket[] {
  const ended = buckets.filter(({ startMs }) => startMs + stepMs <= atMs);
  return ended.length > 1 ? ended : buckets;
}

const LEAST_STEPS = 20;

/** Figures that were not asked for are none. */
export function seriesOfStats({ buckets, step, partial }: StatsAnswer | LevelsAnswer, range: Range): Series {
  const bars = buckets.map((bucket) => ({
    ...{ bytes: 0, statuses: {}, ...bucket },
    startMs: Date.parse(bucket.time),
  }));
  // A handful of bars would each be as wide as a hand: they stand in the middle of an axis of ordinary length.
  const padMs = range.kind === "all" ? (Math.max(0, LEAST_STEPS - bars.length) / 2) * step : 0;
  const fromMs = (bars[0]?.startMs ?? 0) - padMs;
  const toMs = (bars.at(-1)?.startMs ?? 0) + step + padMs;
  return { buckets: bars, stepMs: step, fromMs, toMs, basis: "own", isPartial: partial ?? false };
}
