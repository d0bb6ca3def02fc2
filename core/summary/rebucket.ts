import { emptySummary, mergeInto, type Summary } from "./summary.ts";
import type { SummaryPart } from "./summary-part.ts";

export interface Bucket {
  startMs: number;
  summary: Summary;
}

/**
 * Merges parts into buckets of `stepMs`, aligned to its multiples, from the one that holds `fromMs` up to `toMs` (exclusive). Empty
 * buckets are there too. A part belongs to the bucket of its start, so a step below `coarsestStep(parts)` tells too little;
 * a part that starts outside the buckets is left out.
 */
export function rebucket(
  parts: Iterable<Pick<SummaryPart, "startMs" | "summary">>,
  fromMs: number,
  toMs: number,
  stepMs: number,
): Bucket[] {
  const buckets: Bucket[] = [];
  const firstMs = Math.floor(fromMs / stepMs) * stepMs;
  for (let startMs = firstMs; startMs < toMs; startMs += stepMs) buckets.push({ startMs, summary: emptySummary() });
  for (const part of parts) {
    const bucket = buckets[Math.floor((part.startMs - firstMs) / stepMs)];
    if (bucket !== undefined) mergeInto(bucket.summary, part.summary);
  }
  return buckets;
}

/** The longest step among the parts, 0 when there are none. */
export function coarsestStep(parts: Iterable<SummaryPart>): number {
  let coarsest = 0;
  for (const { stepMs } of parts) coarsest = Math.max(coarsest, stepMs);
  return coarsest;
}
