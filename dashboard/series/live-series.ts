import type { TallyJson } from "../../core/live/frames.ts";
import { addTally, emptyTally } from "../live/tally.ts";
import type { RelativeRange } from "../time/range.ts";
import type { Bucket, Series } from "./bucket.ts";

/** The counters of one service, by epoch second of each slot's start. */
export interface Counters {
  seconds: ReadonlyMap<number, TallyJson>;
  minutes: ReadonlyMap<number, TallyJson>;
}

/**
 * Adds up the counters of some services over the last stretch of time, in bars that stand still: the axis ends with the
 * bar that is being filled, so nothing moves until that one is full.
 */
export function liveSeries(feeds: readonly Counters[], { ms, stepMs }: RelativeRange, nowMs: number): Series {
  const toMs = Math.ceil((nowMs + 1) / stepMs) * stepMs;
  const fromMs = toMs - ms;
  const buckets: Bucket[] = Array.from({ length: ms / stepMs }, (_, at) => ({
    ...emptyTally(),
    startMs: fromMs + at * stepMs,
  }));
  for (const feed of feeds) {
    for (const [second, tally] of stepMs < 60_000 ? feed.seconds : feed.minutes) {
      const bucket = buckets[Math.floor((second * 1_000 - fromMs) / stepMs)];
      if (bucket) addTally(bucket, tally);
    }
  }
  return { buckets, stepMs, fromMs, toMs, basis: "received", isPartial: false };
}
