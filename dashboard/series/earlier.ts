import type { StatsBucket } from "../api/answers.ts";
import type { ChartSeries } from "../charts/chart-data.ts";

/** How far back the comparison is. */
export const DAY_MS = 86_400_000;

/** Bars of another time, all as long as each other. */
export interface Earlier {
  buckets: readonly StatsBucket[];
  stepMs: number;
}

/** A line of yesterday's figures. */
export const ghostOf = (values: readonly (number | null)[]): ChartSeries => ({
  name: "yesterday",
  label: "yesterday",
  token: "--text-muted",
  values,
});

/**
 * What was counted a day before each bar of a chart, whose bars may be longer or shorter: a shorter one has its share of
 * the longer one that it lies in. Null where nothing is told of that time.
 */
export function countsADayBefore(
  timesMs: readonly number[],
  stepMs: number,
  { buckets, stepMs: theirStepMs }: Earlier,
  countOf: (bucket: StatsBucket) => number,
): (number | null)[] {
  const firstMs = Date.parse(buckets[0]?.time ?? "");
  return timesMs.map((timeMs) => {
    const fromMs = timeMs - DAY_MS - firstMs;
    const toMs = fromMs + stepMs;
    let sum: number | null = null;
    const last = Math.min(buckets.length - 1, Math.ceil(toMs / theirStepMs) - 1);
    for (let at = Math.max(0, Math.floor(fromMs / theirStepMs)); at <= last; at++) {
      const overlapMs = Math.min(toMs, (at + 1) * theirStepMs) - Math.max(fromMs, at * theirStepMs);
      sum = (sum ?? 0) + countOf(buckets[at]!) * (overlapMs / theirStepMs);
    }
    // A share of a whole number has no more to tell than three digits.
    return sum === null ? null : Number.isInteger(sum) ? sum : Number(sum.toPrecision(3));
  });
}

/** What was measured in the bar that began a day before each of a chart. Null where nothing was, or their bars are others. */
export function valuesADayBefore(
  timesMs: readonly number[],
  buckets: readonly StatsBucket[],
  measureOf: (bucket: StatsBucket) => number | undefined,
): (number | null)[] {
  const byTime = new Map(buckets.map((bucket) => [Date.parse(bucket.time), bucket]));
  return timesMs.map((timeMs) => {
    const bucket = byTime.get(timeMs - DAY_MS);
    return (bucket && measureOf(bucket)) ?? null;
  });
}
