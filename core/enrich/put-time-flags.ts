import { putFlag } from "../parse/put-time.ts";
import type { Flag, LogRecord } from "../record.ts";
import type { EnrichContext } from "./context.ts";

/** 24 hours: shippers that were cut off for a night are late, and their lines count as they are. */
export const LATE_AFTER_MS = 24 * 3_600_000;
/** 10 minutes: more than clocks of ordinary machines differ. */
export const EARLY_AFTER_MS = 600_000;

/** Badges a record whose own time is far from the time of receipt. It is stored under its own time all the same. */
export function putTimeFlags(record: LogRecord, { nowMs }: EnrichContext): void {
  const mark = markOf(record.tsMs - nowMs);
  if (mark !== undefined) putFlag(record, mark);
}

function markOf(aheadMs: number): Flag | undefined {
  if (aheadMs > EARLY_AFTER_MS) return "early";
  return aheadMs < -LATE_AFTER_MS ? "late" : undefined;
}
