/** Half a part in a thousand below 1 %, so that rounding never takes an answer over 1 %. */
const RELATIVE_ERROR = 0.0099;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const PER_LOG = 1 / Math.log(GAMMA);
/** Less than a nanosecond counts as zero. */
const MIN_MS = 1e-6;
/** 115 days; longer counts as this. */
const MAX_MS = 1e10;

/** `| 0` because ceil gives -0 just below 1 ms. */
const bucketOf = (ms: number): number => Math.ceil(Math.log(ms) * PER_LOG) | 0;
const msOf = (bucket: number): number => (2 * GAMMA ** bucket) / (GAMMA + 1);

export const LOWEST_BUCKET = bucketOf(MIN_MS);
export const HIGHEST_BUCKET = bucketOf(MAX_MS);

/**
 * Quantiles of durations within 1 % (relative), from 1 ns to 115 days; merging loses nothing.
 *
 * DDSketch (Masson, Rim, Lee, VLDB 2019): a count per logarithmic bucket.
 */
export class DurationSketch {
  count = 0;
  /** Whole microseconds: integers add up to the same sum in any order. */
  sumUs = 0;
  maxMs = 0;
  zeros = 0;
  /** The bucket that `counts[0]` counts. */
  first = 0;
  counts: number[] = [];

  /** Negative durations and what is no number are left out. */
  add(ms: number): void {
    if (!(ms >= 0)) return;
    const known = Math.min(ms, MAX_MS);
    this.count++;
    this.sumUs += Math.round(known * 1000);
    if (known > this.maxMs) this.maxMs = known;
    if (known < MIN_MS) this.zeros++;
    else this.addToBucket(bucketOf(known), 1);
  }

  addToBucket(bucket: number, by: number): void {
    if (this.counts.length === 0) this.first = bucket;
    while (bucket - this.first >= this.counts.length) this.counts.push(0);
    if (bucket < this.first) {
      this.counts = [...new Array<number>(this.first - bucket).fill(0), ...this.counts];
      this.first = bucket;
    }
    this.counts[bucket - this.first]! += by;
  }

  mergeIn(other: DurationSketch): void {
    this.count += other.count;
    this.sumUs += other.sumUs;
    this.zeros += other.zeros;
    if (other.maxMs > this.maxMs) this.maxMs = other.maxMs;
    for (let i = 0; i < other.counts.length; i++) {
      const count = other.counts[i]!;
      if (count > 0) this.addToBucket(other.first + i, count);
    }
  }

  /** Counts what is below the `most` highest buckets in the lowest of them: low quantiles lose their bound, high ones keep it. */
  collapse(most: number): void {
    const from = this.counts.length - most;
    if (from <= 0) return;
    const lowest = this.counts.slice(0, from + 1).reduce((sum, count) => sum + count, 0);
    this.counts = [lowest, ...this.counts.slice(from + 1)];
    this.first += from;
  }

  /** The value at rank `q * (count - 1)` of the sorted durations, within 1 %; 0 when there is none. */
  quantileMs(q: number): number {
    const rank = Math.floor(q * (this.count - 1));
    let below = this.zeros;
    if (rank < below) return 0;
    for (let i = 0; i < this.counts.length; i++) {
      below += this.counts[i]!;
      if (rank < below) return Math.min(msOf(this.first + i), this.maxMs);
    }
    return this.maxMs;
  }
}
