import { isDigit } from "./time/cursor.ts";
import { isoTime, readIsoTime } from "./time/iso-time.ts";
import { readTime, type TimeContext } from "./time/read-time.ts";
import { utcMsOfLocal } from "./time/zone.ts";

export interface Timestamp {
  /** Epoch milliseconds, integer, may be negative. */
  tsMs: number;
  /** Nanoseconds inside the millisecond, 1-999,999; absent when zero. */
  subNs?: number;
}

/** Times are told apart from other numbers by their size; smaller ones than March 1973 in seconds are not times. */
const MIN_SECONDS = 1e8;
const MIN_MILLIS = 1e11;
const MIN_MICROS = 1e14;
const MIN_NANOS = 1e17;

/** A time text is short; a longer one is a message. */
const MAX_TIME_CHARS = 128;

/**
 * Reads a text that is a time as a whole: ISO 8601 and RFC 3339 (any precision), RFC 2822, CLF, syslog (the year is the
 * latest in which the time is at most a day ahead of `nowMs`), Apache and nginx error logs, the defaults of Go, Python,
 * Java and .NET, and an epoch in s, ms, µs or ns.
 *
 * A time without zone is in `context.zone`. undefined if the text is no time.
 */
export function parseTimestamp(text: string, context: TimeContext): Timestamp | undefined {
  if (text.length > MAX_TIME_CHARS) return undefined;
  if (readIsoTime(text, 0) && isoTime.end === text.length) {
    const { ms, subNs, hasZone } = isoTime;
    return timestamp(hasZone ? ms : utcMsOfLocal(ms, context.zone), subNs);
  }
  const trimmed = text.trim();
  const inner = trimmed.startsWith("[") && trimmed.endsWith("]") ? trimmed.slice(1, -1) : trimmed;
  if (isEpoch(inner)) return parseEpoch(inner);
  const read = readTime(inner, 0, context, true);
  if (read && isEndOfTime(inner, read.end)) return timestamp(read.tsMs, read.subNs);
  return parseEpoch(inner);
}

/** After a time may stand the zone's name in brackets, or Go's second clock (`m=+0.01`), which say nothing new. */
function isEndOfTime(text: string, end: number): boolean {
  if (end === text.length) return true;
  const rest = text.slice(end).trimStart();
  return rest === "" || rest.startsWith("[") || rest.startsWith("(") || /^([A-Z]{2,5}|[+-]\d\d)?( m=[+-]|$)/.test(rest);
}

/** Nine digits begin no date; fourteen may be one without any sign (`20230102030405`), and are if it is of our times. */
function isEpoch(text: string): boolean {
  for (let at = 0; at < 9; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return text.length !== 14 || !(text.startsWith("19") || text.startsWith("20"));
}

/** Digits with a fraction or without, read as text so that nanoseconds stay exact. */
function parseEpoch(text: string): Timestamp | undefined {
  const negative = text.charCodeAt(0) === 45;
  const from = negative ? 1 : 0;
  let end = from;
  while (isDigit(text.charCodeAt(end))) end++;
  const count = end - from;
  if (count < 9 || count > 19) return undefined;
  // A number holds them exactly.
  if (end === text.length && count <= 15) return timestampOfNumber(Number(text));
  const fraction = end < text.length ? text.slice(end + 1) : "";
  if (end < text.length && !/^[.,]\d{1,12}$/.test(text.slice(end))) return undefined;
  const unit = count <= 11 ? 9 : count <= 14 ? 6 : count <= 17 ? 3 : 0;
  const nanos = BigInt(text.slice(from, end) + fraction.padEnd(9, "0").slice(0, unit));
  return timestampOfNanos(negative ? -nanos : nanos);
}

/** Epoch nanoseconds, as OTLP, Loki and journald (times a thousand) give them. */
export function timestampOfNanos(nanos: bigint): Timestamp {
  const millis = nanos / 1_000_000n - (nanos % 1_000_000n < 0n ? 1n : 0n);
  return timestamp(Number(millis), Number(nanos - millis * 1_000_000n));
}

/**
 * A number as an epoch in s, ms, µs or ns, known by its size; undefined if it is not finite or too small to be a time.
 *
 * A JSON number holds no more than microseconds of today's times; finer digits are noise and are rounded away.
 */
export function timestampOfNumber(value: number): Timestamp | undefined {
  const size = Math.abs(value);
  if (!(size >= MIN_SECONDS && size < 1e20)) return undefined;
  const micros =
    size < MIN_MILLIS ? splitMicros(value, 1_000_000) : size < MIN_MICROS ? splitMicros(value, 1_000) : undefined;
  if (micros) return micros;
  if (size < MIN_NANOS) {
    const tsMs = Math.floor(value / 1_000);
    return timestamp(tsMs, Math.round(value - tsMs * 1_000) * 1_000);
  }
  return timestampOfNanos(BigInt(Math.round(value)));
}

/** Whole units exactly, the fraction to the nearest microsecond; the product with a large float would not be exact. */
function splitMicros(value: number, microsPerUnit: number): Timestamp {
  const whole = Math.floor(value);
  const micros = Math.round((value - whole) * microsPerUnit);
  const millis = Math.floor(micros / 1_000);
  return timestamp((whole * microsPerUnit) / 1_000 + millis, (micros - millis * 1_000) * 1_000);
}

const timestamp = (tsMs: number, subNs: number): Timestamp => (subNs === 0 ? { tsMs } : { tsMs, subNs });
