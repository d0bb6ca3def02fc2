import { msOfMoment, writtenTimeOf } from "./query/time-text.ts";
import { ok, type Result, refuse } from "./result.ts";

/** A half-open range of epoch milliseconds. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** Times beyond these cannot be written as ISO 8601 with four digits. */
const MIN_MS = -62_167_219_200_000;
const MAX_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const within = (ms: number): number => Math.min(Math.max(ms, MIN_MS), MAX_MS);

/** An address that is put together by hand has its plus as it is, which is read as a space. */
const UNCODED_ZONE = /^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:?\d\d)$/;

/**
 * A moment as an address gives it: epoch milliseconds, ISO 8601, `now`, `-15m`, `now-1h`. The same that the filter language takes
 * (docs/filter-language.md), where a day, an hour or a second is its beginning; four digits alone are milliseconds here.
 */
export function momentOf(text: string, nowMs: number): Result<number, "invalid_time"> {
  if (/^-?\d{1,16}$/.test(text)) return ok(within(Number(text)));
  const written = writtenTimeOf(text.replace(UNCODED_ZONE, "$1+$2"));
  if (written === undefined)
    return refuse("invalid_time", "expected epoch milliseconds, ISO 8601, `now` or a relative time such as -15m");
  return ok(within("at" in written ? msOfMoment(written.at, nowMs) : written.fromMs));
}

/** Steps that people read well, in milliseconds. */
const STEPS_MS = [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000].map(
  (s) => s * 1_000,
);

/** The finest step that cuts a range into at most `maxBuckets`, never under a minute: what summaries can answer. */
export const stepFor = ({ fromMs, toMs }: TimeRange, maxBuckets = 150): number =>
  STEPS_MS.find((step) => step >= 60_000 && (toMs - fromMs) / step <= maxBuckets) ?? STEPS_MS.at(-1)!;
