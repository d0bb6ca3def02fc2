import type { Filter } from "./filter.ts";
import { definiteLimits } from "./limits.ts";

/** Half-open, in epoch milliseconds; an absent end is open. Empty where `fromMs` is not before `toMs`. */
export interface TimeRange {
  fromMs?: number;
  toMs?: number;
}

const EVERYTHING: TimeRange = {};

/** A time range outside of which no record passes the filter; not always the narrowest one. */
export function timeRangeOf(filter: Filter, nowMs: number): TimeRange {
  switch (filter.kind) {
    case "when": {
      // Times are whole milliseconds, so what is after one is from the next on.
      const { low, high } = definiteLimits(filter, nowMs);
      return range(
        low && (low.inclusive ? low.value : low.value + 1),
        high && (high.inclusive ? high.value + 1 : high.value),
      );
    }
    case "and":
      return filter.parts.map((part) => timeRangeOf(part, nowMs)).reduce(overlapOf);
    case "or":
      return filter.parts.map((part) => timeRangeOf(part, nowMs)).reduce(hullOf);
    default:
      return EVERYTHING;
  }
}

const range = (fromMs: number | undefined, toMs: number | undefined): TimeRange => ({
  ...(fromMs !== undefined && { fromMs }),
  ...(toMs !== undefined && { toMs }),
});

const overlapOf = (a: TimeRange, b: TimeRange): TimeRange =>
  range(pick(Math.max, a.fromMs, b.fromMs), pick(Math.min, a.toMs, b.toMs));

const isEmpty = ({ fromMs, toMs }: TimeRange): boolean => fromMs !== undefined && toMs !== undefined && fromMs >= toMs;

function hullOf(a: TimeRange, b: TimeRange): TimeRange {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  return range(
    a.fromMs === undefined || b.fromMs === undefined ? undefined : Math.min(a.fromMs, b.fromMs),
    a.toMs === undefined || b.toMs === undefined ? undefined : Math.max(a.toMs, b.toMs),
  );
}

const pick = (
  choose: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined => (a === undefined || b === undefined ? (a ?? b) : choose(a, b));
