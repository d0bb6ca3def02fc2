import { isDate, isWeekdayAt, monthAt, msOf } from "./calendar.ts";
import { Cursor, isDigit, isLetter, isWord } from "./cursor.ts";
import { isoTime, readIsoTime } from "./iso-time.ts";
import { type Clock, readClock } from "./read-clock.ts";
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

interface DateRead {
  /** undefined where the text gives none, as syslog's does not. */
  year: number | undefined;
  month: number;
  day: number;
}

const DAY_MS = 86_400_000;
const SPACE = 32;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
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
  const date = isDigit(cursor.code()) ? readNumericDate(cursor) : readNamedDate(cursor);
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

function readNumericDate(cursor: Cursor): DateRead | undefined {
  const first = cursor.number(8);
  const digits = cursor.taken;
  const separator = cursor.code();
  if (digits === 4) return readYearFirst(cursor, first, separator);
  if (digits === 8) return { year: Math.floor(first / 10_000), month: Math.floor(first / 100) % 100, day: first % 100 };
  if (digits === 6 && separator === SPACE) {
    return { year: fullYear(Math.floor(first / 10_000)), month: Math.floor(first / 100) % 100, day: first % 100 };
  }
  if (digits > 2) return undefined;
  if (separator !== SLASH && separator !== DASH && separator !== DOT && separator !== SPACE) return undefined;
  cursor.at++;
  if (isLetter(cursor.code())) return readDayMonthName(cursor, first, separator);
  return separator === SPACE ? undefined : readThreeNumbers(cursor, first, separator);
}

/** `2006-01-02`, `2006/01/02`, `2006.01.02`, `2006:01:02`, `2006-Jan-02`. */
function readYearFirst(cursor: Cursor, year: number, separator: number): DateRead | undefined {
  if (separator !== DASH && separator !== SLASH && separator !== DOT && separator !== COLON) return undefined;
  cursor.at++;
  const month = isLetter(cursor.code()) ? readMonthName(cursor) : cursor.number(2);
  if (!cursor.skip(separator)) return undefined;
  const day = cursor.number(2);
  return day < 0 || isDigit(cursor.code()) ? undefined : { year, month, day };
}

/** `02/Jan/2006` (CLF), `02-Jan-2006`, `02-Jan-06`, `2 Jan 2006`, `2 Jan`. */
function readDayMonthName(cursor: Cursor, day: number, separator: number): DateRead | undefined {
  const month = readMonthName(cursor);
  if (month === 0) return undefined;
  const { at } = cursor;
  if (separator === SPACE) cursor.skip(COMMA);
  if (!cursor.skip(separator)) return undefined;
  const year = cursor.number(4);
  if (cursor.taken === 4) return { year, month, day };
  if (cursor.taken === 2 && cursor.code() !== COLON) return { year: fullYear(year), month, day };
  cursor.at = at;
  return separator === SPACE ? { year: undefined, month, day } : undefined;
}

/**
 * `01/02/2006` is month first as Americans write it, unless the first number is no month; `02.01.2006` and `02-01-2006`
 * are day first; `06/01/02` is year first, the default of log4j and Spark, unless that is no date.
 */
function readThreeNumbers(cursor: Cursor, first: number, separator: number): DateRead | undefined {
  const second = cursor.number(2);
  if (second < 0) return undefined;
  if (!cursor.skip(separator)) return readLogcatDate(cursor, first, second, separator);
  const third = cursor.number(4);
  if (cursor.taken === 4) {
    const monthFirst = separator === SLASH ? first <= 12 : second > 12;
    return { year: third, month: monthFirst ? first : second, day: monthFirst ? second : first };
  }
  if (cursor.taken !== 2 || separator === DOT) return undefined;
  if (isDate(fullYear(first), second, third)) return { year: fullYear(first), month: second, day: third };
  return { year: fullYear(third), month: first, day: second };
}

/** `01-02 15:04:05.678`, Android's: month and day alone, so only at a line's beginning. */
function readLogcatDate(cursor: Cursor, month: number, day: number, separator: number): DateRead | undefined {
  const isLogcat = separator === DASH && cursor.at <= 6 && cursor.taken === 2 && cursor.code() === SPACE;
  return isLogcat ? { year: undefined, month, day } : undefined;
}

/** POSIX's rule for two digits: 69-99 are the twentieth century. */
const fullYear = (twoDigits: number): number => twoDigits + (twoDigits < 69 ? 2_000 : 1_900);

function readMonthName(cursor: Cursor): number {
  const month = monthAt(cursor.text, cursor.at);
  if (month === 0) return 0;
  cursor.skipLetters();
  return month;
}

/** `Jan 2`, `Jan  2 2006`, `Jan 02, 2006`, each with a weekday before it or not; `Mon, 02 Jan 2006`; klog's `I0102`. */
function readNamedDate(cursor: Cursor): DateRead | undefined {
  if (isDigit(cursor.text.charCodeAt(cursor.at + 1))) return readKlogDate(cursor);
  if (isWeekdayAt(cursor.text, cursor.at)) {
    cursor.skipLetters();
    cursor.skip(COMMA);
    if (cursor.code() !== SPACE) return undefined;
    cursor.skipSpaces();
    if (isDigit(cursor.code())) return readNumericDate(cursor);
  }
  const month = readMonthName(cursor);
  if (month === 0) return undefined;
  cursor.skip(DOT);
  if (cursor.code() !== SPACE && cursor.code() !== DASH && cursor.code() !== SLASH) return undefined;
  cursor.at++;
  cursor.skipSpaces();
  const day = cursor.number(2);
  if (day < 0) return undefined;
  return { year: readMiddleYear(cursor), month, day };
}

/**
 * Year of `Jan 02 2006 15:04:05`, `Jan 02, 2006, 3:04:05 PM`, `Jan-02-06 15:04:05`; the cursor stays where it was if a
 * clock time follows at once.
 */
function readMiddleYear(cursor: Cursor): number | undefined {
  const from = cursor.at;
  cursor.skip(COMMA);
  const isDashed = cursor.code() === DASH || cursor.code() === SLASH;
  if (isDashed) cursor.at++;
  else cursor.skipSpaces();
  const year = cursor.number(4);
  if (cursor.taken === 4 && cursor.code() !== COLON && !isDigit(cursor.code())) return year;
  if (isDashed && cursor.taken === 2 && cursor.code() !== COLON) return fullYear(year);
  cursor.at = from;
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

/** `I0102 15:04:05.678901`, the prefix of Go's glog and klog: severity letter, month, day. */
function readKlogDate(cursor: Cursor): DateRead | undefined {
  if (!"IWEFD".includes(cursor.text.charAt(cursor.at))) return undefined;
  cursor.at++;
  const monthDay = cursor.number(4);
  if (cursor.taken !== 4 || cursor.code() !== SPACE) return undefined;
  return { year: undefined, month: Math.floor(monthDay / 100), day: monthDay % 100 };
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
