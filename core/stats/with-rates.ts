import type { BucketJson } from "./bucket-json.ts";
import { relativeChange } from "./change-of.ts";

export interface RatedBucketJson extends BucketJson {
  perSecond: number;
  /** From the step before: 0.5 is half as much again; null of the first step, and after one without records. */
  change: number | null;
}

/** Buckets with how fast records came, and how that changed from step to step. */
export const withRates = (buckets: readonly BucketJson[], stepMs: number): RatedBucketJson[] =>
  buckets.map((bucket, at) => ({
    ...bucket,
    perSecond: Number(((bucket.count * 1_000) / stepMs).toPrecision(4)),
    change: relativeChange(bucket.count, buckets[at - 1]?.count ?? 0),
  }));
