import { isDate, msOf } from "./calendar.ts";
import { Cursor, isDigit, isWord } from "./cursor.ts";
import { isoTime, readIsoTime } from "./iso-time.ts";
import { type Clock, readClock } from "./read-clock.ts";
import { type DateRead, readDate } from "./read-date.ts";
import { readZone, type ZoneRead } from "./read-zone.ts";
import { utcMsOfLocal } from "./zone.ts";

export interface TimeContext {
  /** Now, epoch ms: gives a time without a year its year. */
  nowMs: number;
  /** IANA name of the zone of times that name none. */
  zone: string;
}

export interface TimeRead {
  /** Epoch milliseconds. */
  tsMs: number;
  /** Nanoseconds inside the millisecond, 0-999,999. */
  subNs: number;
  /** Index after the last character of the time. */
  end: number;
}

const DAY_MS = 86_400_000;
const SPACE = 32;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const COLON = 58;
const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0, nanos: 0 };

/**
 * Reads a date with a clock time that begins exactly at `at` of a line; what follows it is left.
 *
 * With `dateAlone` a date that nothing follows is midnight. Every form is known by its separators and the length of its
 * first number, so that a line that holds no time is left after a few characters.
 */
export function readTime(text: string, at: number, context: TimeContext, dateAlone = false): TimeRead | undefined {
  if (readIsoTime(text, at)) {
    const { ms, subNs, end, hasZone } = isoTime;
    return { tsMs: hasZone ? ms : utcMsOfLocal(ms, context.zone), subNs, end };
  }
  const cursor = new Cursor(text, at);
  const date = readDate(cursor);
  if (!date) return undefined;
  if (dateAlone && cursor.at === text.length && date.year !== undefined)
    return timeOf(date, MIDNIGHT, undefined, cursor, context);
  const isCompact = cursor.at === at + 8 && isDigit(cursor.code());
  if (!isCompact && !skipToClock(cursor)) return undefined;
  const clock = readClock(cursor);
  if (!clock) return undefined;
  let zone = readZone(cursor);
  if (date.year === undefined) {
    date.year = readTrailingYear(cursor);
    if (date.year !== undefined) zone ??= readZone(cursor);
  }
  return timeOf(date, clock, zone, cursor, context);
}

function timeOf(
  date: DateRead,
  clock: Clock,
  zone: ZoneRead | undefined,
  cursor: Cursor,
  context: TimeContext,
): TimeRead | undefined {
  const { month, day } = date;
  const instantIn = (year: number): number => {
    const local = msOf(year, month, day, clock.hour, clock.minute, clock.second);
    return typeof zone === "number" ? local - zone : utcMsOfLocal(local, zone ?? context.zone);
  };
  const year = date.year ?? yearOf(month, day, instantIn, context.nowMs);
  if (year === undefined || !isDate(year, month, day)) return undefined;
  const millis = Math.floor(clock.nanos / 1_000_000);
  return { tsMs: instantIn(year) + millis, subNs: clock.nanos - millis * 1_000_000, end: cursor.at };
}

/** The latest year in which the time is not more than a day in the future; eight years hold at least one 29 February. */
function yearOf(month: number, day: number, instantIn: (year: number) => number, nowMs: number): number | undefined {
  const next = new Date(nowMs).getUTCFullYear() + 1;
  for (let year = next; year > next - 10; year--) {
    if (isDate(year, month, day) && instantIn(year) <= nowMs + DAY_MS) return year;
  }
  return undefined;
}

function readTrailingYear(cursor: Cursor): number | undefined {
  const from = cursor.at;
  if (cursor.skip(SPACE)) {
    const year = cursor.number(4);
    if (cursor.taken === 4 && year >= 1970 && year < 2100 && !isWord(cursor.code()) && cursor.code() !== DOT)
      return endOfYear(cursor, year);
  }
  cursor.at = from;
  return undefined;
}

/** `Jan  2 15:04:05 2001:db8::1 …`: a host, not a year. */
function endOfYear(cursor: Cursor, year: number): number | undefined {
  if (cursor.code() !== COLON || !isWord(cursor.text.charCodeAt(cursor.at + 1))) return year;
  cursor.at -= 5;
  return undefined;
}

/** Steps over what stands between date and clock: `T`, ` `, `:` (CLF), `-` (Suricata), ` - `, `, ` (en-US), `_`, ` @ ` (Kibana). */
function skipToClock(cursor: Cursor): boolean {
  const from = cursor.at;
  if (cursor.code() === COMMA) cursor.at++;
  const code = cursor.code();
  if (code === 84 || code === 116 || code === COLON || code === DASH || code === 95) cursor.at++;
  else cursor.skipSpaces();
  if ((cursor.code() === 64 || cursor.code() === DASH) && cursor.text.charCodeAt(cursor.at + 1) === SPACE)
    cursor.at += 2;
  return cursor.at > from && isDigit(cursor.code());
}
