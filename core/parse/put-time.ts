import type { LogRecord } from "../record.ts";
import { readTime, type TimeContext } from "./time/read-time.ts";

/** Gives a record the time that a text begins with; false where it begins with none. */
export function putTime(record: LogRecord, text: string, context: TimeContext): boolean {
  const read = readTime(text, 0, context);
  if (!read) return false;
  record.tsMs = read.tsMs;
  record.subNs = read.subNs === 0 ? undefined : read.subNs;
  return true;
}

/** A line that tells no time has the one at which it was received. */
export function putNoTime(record: LogRecord, context: TimeContext): void {
  record.tsMs = context.nowMs;
  putFlag(record, "no_time");
}

export function putFlag(record: LogRecord, flag: NonNullable<LogRecord["flags"]>[number]): void {
  if (!record.flags) record.flags = [flag];
  else if (!record.flags.includes(flag)) record.flags.push(flag);
}

/** A line whose time was found after all. */
export function dropNoTime(record: LogRecord): void {
  if (!record.flags) return;
  const flags = record.flags.filter((flag) => flag !== "no_time");
  record.flags = flags.length === 0 ? undefined : flags;
}
