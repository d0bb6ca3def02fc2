import type { Limits, Moment } from "./filter.ts";
import { msOfMoment } from "./time-text.ts";

export function limitsTest({ low, high }: Limits<number>): (value: number) => boolean {
  const above = low === undefined ? Number.NEGATIVE_INFINITY : low.value;
  const below = high === undefined ? Number.POSITIVE_INFINITY : high.value;
  const [withLow, withHigh] = [low?.inclusive ?? true, high?.inclusive ?? true];
  return (value) => (value > above || (withLow && value === above)) && (value < below || (withHigh && value === below));
}

/** The limits in epoch milliseconds of a filter that is asked at `nowMs`. */
export function definiteLimits({ low, high }: Limits<Moment>, nowMs: number): Limits<number> {
  return {
    ...(low && { low: { ...low, value: msOfMoment(low.value, nowMs) } }),
    ...(high && { high: { ...high, value: msOfMoment(high.value, nowMs) } }),
  };
}
