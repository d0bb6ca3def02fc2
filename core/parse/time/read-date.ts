import { isDate, isWeekdayAt, monthAt } from "./calendar.ts";
import { type Cursor, isDigit, isLetter } from "./cursor.ts";

const SPACE = 32;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;

export interface DateRead {
  /** undefined where the text gives none, as syslog's does not. */
  year: number | undefined;
  month: number;
  day: number;
}

/** Reads a date in any of the forms of logs; undefined, and the cursor anywhere, if none stands there. */
export const readDate = (cursor: Cursor): DateRead | undefined =>
  isDigit(cursor.code()) ? readNumericDate(cursor) : readNamedDate(cursor);

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

/** `I0102 15:04:05.678901`, the prefix of Go's glog and klog: severity letter, month, day. */
function readKlogDate(cursor: Cursor): DateRead | undefined {
  if (!"IWEFD".includes(cursor.text.charAt(cursor.at))) return undefined;
  cursor.at++;
  const monthDay = cursor.number(4);
  if (cursor.taken !== 4 || cursor.code() !== SPACE) return undefined;
  return { year: undefined, month: Math.floor(monthDay / 100), day: monthDay % 100 };
}
