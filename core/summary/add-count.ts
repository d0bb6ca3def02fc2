import { addStatus, type Summary, UNKNOWN_LEVEL } from "./summary.ts";

/** Records that have the same level and status, counted elsewhere. */
export interface Counted {
  count: number;
  /** Index of LEVELS. */
  level?: number | null;
  status?: number | null;
  /** Sum of their response bodies. */
  bytes?: number | null;
}

/** Changes the summary given. */
export function addCount(summary: Summary, { count, level, status, bytes }: Counted): void {
  summary.count += count;
  summary.levels[level ?? UNKNOWN_LEVEL]! += count;
  if (status != null) addStatus(summary, status, count);
  summary.bytes += bytes ?? 0;
}
