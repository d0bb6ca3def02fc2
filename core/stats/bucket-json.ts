import { isoText } from "../iso-text.ts";
import { durationsOf, levelsOf, statusClassesOf, uniqueIpsOf, uniqueUsersOf } from "../summary/read-summary.ts";
import type { Bucket } from "../summary/rebucket.ts";
import type { Summary } from "../summary/summary.ts";

/** What `/api/stats` tells of some records. Levels and classes that did not occur are absent, and so is `durationMs` without durations. */
export interface FiguresJson {
  count: number;
  levels: ReturnType<typeof levelsOf>;
  /** `{"2xx": n}`; `other` counts what is no HTTP status. */
  statuses: Record<string, number>;
  /** Sum of response bodies. */
  bytes: number;
  durationMs?: ReturnType<typeof durationsOf>;
  uniqueIps: number;
  uniqueUsers: number;
}

/** One step of `/api/stats`. */
export interface BucketJson extends FiguresJson {
  /** ISO 8601 UTC, the start of the step. */
  time: string;
}

export const bucketJson = ({ startMs, summary }: Bucket): BucketJson => ({
  time: isoText(startMs),
  ...figuresOf(summary),
});

export function figuresOf(summary: Summary): FiguresJson {
  const durationMs = roundedDurations(summary);
  return {
    count: summary.count,
    levels: levelsOf(summary),
    statuses: statusClassesOf(summary),
    bytes: summary.bytes,
    ...(durationMs === undefined ? {} : { durationMs }),
    uniqueIps: uniqueIpsOf(summary),
    uniqueUsers: uniqueUsersOf(summary),
  };
}

/** To five digits: the sketch knows two, and the others would be a third of the answer. */
export function roundedDurations(summary: Summary): ReturnType<typeof durationsOf> {
  const durations = durationsOf(summary);
  if (durations === undefined) return undefined;
  const { p50, p90, p95, p99, max, avg } = durations;
  const rounded = (ms: number): number => Math.min(Number(ms.toPrecision(5)), max);
  return { p50: rounded(p50), p90: rounded(p90), p95: rounded(p95), p99: rounded(p99), max, avg: rounded(avg) };
}
