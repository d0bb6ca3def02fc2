import { durationsOf, levelsOf, statusClassesOf, uniqueIpsOf, uniqueUsersOf } from "../summary/read-summary.ts";
import type { Bucket } from "../summary/rebucket.ts";

/** One step of `/api/stats`. Levels and classes that did not occur are absent, and so is `durationMs` without durations. */
export interface BucketJson {
  /** ISO 8601 UTC, the start of the step. */
  time: string;
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

export function bucketJson({ startMs, summary }: Bucket): BucketJson {
  const durationMs = roundedDurations(summary);
  return {
    time: new Date(startMs).toISOString(),
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
function roundedDurations(summary: Bucket["summary"]): ReturnType<typeof durationsOf> {
  const durations = durationsOf(summary);
  if (durations === undefined) return undefined;
  const { p50, p90, p95, p99, max, avg } = durations;
  const rounded = (ms: number): number => Math.min(Number(ms.toPrecision(5)), max);
  return { p50: rounded(p50), p90: rounded(p90), p95: rounded(p95), p99: rounded(p99), max, avg: rounded(avg) };
}
