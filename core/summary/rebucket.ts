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

/** The counts of `rebucket`'s buckets alone: a day by the minute has 1,440, which take many times as long as summaries. */
export function countsByStep(
  parts: Iterable<Pick<SummaryPart, "startMs" | "summary">>,
  fromMs: number,
  toMs: number,
  stepMs: number,
): { startMs: number; count: number }[] {
  const firstMs = Math.floor(fromMs / stepMs) * stepMs;
  const counts = new Array<number>(Math.max(0, Math.ceil((toMs - firstMs) / stepMs))).fill(0);
  for (const { startMs, summary } of parts) {
    const at = Math.floor((startMs - firstMs) / stepMs);
    if (at >= 0 && at < counts.length) counts[at]! += summary.count;
  }
  return counts.map((count, at) => ({ startMs: firstMs + at * stepMs, count }));
}

/** The longest step among the parts, 0 when there are none. */
export function coarsestStep(parts: Iterable<SummaryPart>): number {
  let coarsest = 0;
  for (const { stepMs } of parts) coarsest = Math.max(coarsest, stepMs);
  return coarsest;
}
