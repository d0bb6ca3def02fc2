import type { ParseContext } from "../parse/parser.ts";
import { isoTime, readIsoTime } from "../parse/time/iso-time.ts";
import { parseTimestamp, type Timestamp, timestampOfNanos, timestampOfNumber } from "../parse/timestamp.ts";
import type { FieldEntry, LogRecord } from "../record.ts";

export function putTime(record: LogRecord, value: unknown, context: ParseContext): boolean {
  if (typeof value === "string" && putIsoTime(record, value)) return true;
  const at = timeOf(value, context);
  if (at === undefined) return false;
  record.tsMs = at.tsMs;
  record.subNs = at.subNs;
  return true;
}

/** As most senders write it, with its zone; false for all other forms. */
function putIsoTime(record: LogRecord, text: string): boolean {
  if (!readIsoTime(text, 0) || isoTime.end !== text.length || !isoTime.hasZone) return false;
  record.tsMs = isoTime.ms;
  record.subNs = isoTime.subNs === 0 ? undefined : isoTime.subNs;
  return true;
}

/** A sender's time: text, an epoch number, or MongoDB's `{"$date": …}`. */
export function timeOf(value: unknown, context: ParseContext): Timestamp | undefined {
  if (typeof value === "string") return parseTimestamp(value, context);
  if (typeof value === "number") return timestampOfNumber(value);
  if (isMongoDate(value)) return timeOf(value.$date, context);
  return undefined;
}

/** The time that the protocol's envelope gave; false where it gave none. */
export function putEnvelopeTime(record: LogRecord, entry: Pick<FieldEntry, "timeNs" | "timeMs">): boolean {
  if (entry.timeNs !== undefined) {
    const at = timestampOfNanos(entry.timeNs);
    record.tsMs = at.tsMs;
    record.subNs = at.subNs;
    return true;
  }
  if (entry.timeMs === undefined) return false;
  record.tsMs = Math.floor(entry.timeMs);
  const subNs = Math.round((entry.timeMs - record.tsMs) * 1e6);
  if (subNs > 0 && subNs < 1e6) record.subNs = subNs;
  return true;
}

/** Only with a plain value inside, so that no nesting can make us follow it for ever. */
const isMongoDate = (value: unknown): value is { $date: string | number } =>
  typeof value === "object" && value !== null && "$date" in value && typeof value.$date !== "object";
