import type { TimeRange } from "../time-range.ts";

const MINUTE_MS = 60_000;

/** A range as whole minutes and what it has of the minutes at its ends. All are half-open; `whole` may be empty. */
export interface CutRange {
  whole: TimeRange;
  /** None where the range begins and ends with a minute. */
  ends: TimeRange[];
}

/**
 * Cuts a range where statistics by the minute can answer for it.
 *
 * @param exact which of its ends are moments to be kept to the millisecond; at the others the whole minute counts
 */
export function cutRange({ fromMs, toMs }: TimeRange, exact: { from: boolean; to: boolean }): CutRange {
  const firstMs = exact.from ? Math.ceil(fromMs / MINUTE_MS) * MINUTE_MS : fromMs;
  const lastMs = exact.to ? Math.floor(toMs / MINUTE_MS) * MINUTE_MS : toMs;
  // All of it lies within one minute, or in the parts of two.
  if (firstMs >= lastMs && (firstMs > fromMs || lastMs < toMs))
    return { whole: { fromMs: firstMs, toMs: firstMs }, ends: [{ fromMs, toMs }] };
  const ends = [
    { fromMs, toMs: firstMs },
    { fromMs: lastMs, toMs },
  ];
  return { whole: { fromMs: firstMs, toMs: lastMs }, ends: ends.filter((end) => end.fromMs < end.toMs) };
}
