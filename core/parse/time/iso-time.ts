import { isDate, msOf } from "./calendar.ts";
import { clockMsAt, pairAt } from "./clock-at.ts";
import { isDigit } from "./cursor.ts";

/** `2006-01-02`, `2006/01/02`. */
const DATE_CHARS = 10;

/** `2006-01-02T15:04:05`. */
const TIME_CHARS = 19;

const TAB = 9;
const SPACE = 32;
const DASH = 45;
const PLUS = 43;
const COMMA = 44;
const DOT = 46;
const SLASH = 47;

// The day read last: the lines of a log are in the order of time, many to a day.
let lastDate = "";
let lastDateMs = Number.NaN;

/** What `readIsoTime` has read; reused by the next call, so that a line's time costs no object. */
export const isoTime = {
  /** Milliseconds as if the clock were UTC's where `hasZone` is false, else the instant. */
  ms: 0,
  subNs: 0,
  end: 0,
  hasZone: false,
};

/**
 * Reads `2006-01-02T15:04:05`, `2006/01/02 15:04:05.999999999Z`, `2006-01-02T15:04:05,678+02:00` into `isoTime`.
 *
 * False for any other form, which the general reader may know; a zone apart from the time is left to it too.
 */
export function readIsoTime(text: string, at: number): boolean {
  const sign = text.charCodeAt(at + 4);
  if ((sign !== DASH && sign !== SLASH) || text.charCodeAt(at + 7) !== sign) return false;
  const separator = text.charCodeAt(at + DATE_CHARS);
  if (separator !== 84 && separator !== SPACE && separator !== TAB) return false;
  const date = text.slice(at, at + DATE_CHARS);
  if (date !== lastDate) rememberDate(date);
  const ms = lastDateMs + clockMsAt(text, at + DATE_CHARS + 1);
  if (Number.isNaN(ms)) return false;
  isoTime.ms = ms;
  isoTime.subNs = 0;
  isoTime.hasZone = false;
  let end = at + TIME_CHARS;
  const mark = text.charCodeAt(end);
  if ((mark === DOT || mark === COMMA) && isDigit(text.charCodeAt(end + 1))) end = readFraction(text, end + 1);
  isoTime.end = end;
  return readZone(text, end);
}

function rememberDate(date: string): void {
  lastDate = date;
  const year = pairAt(date, 0) * 100 + pairAt(date, 2);
  const month = pairAt(date, 5);
  const day = pairAt(date, 8);
  lastDateMs = year >= 0 && isDate(year, month, day) ? msOf(year, month, day, 0, 0, 0) : Number.NaN;
}

function readFraction(text: string, from: number): number {
  let nanos = 0;
  let at = from;
  for (; at < from + 9; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    nanos = nanos * 10 + digit;
  }
  for (let digits = at - from; digits < 9; digits++) nanos *= 10;
  while (isDigit(text.charCodeAt(at))) at++;
  const millis = Math.floor(nanos / 1_000_000);
  isoTime.ms += millis;
  isoTime.subNs = nanos - millis * 1_000_000;
  return at;
}

/** `Z`, `+02:00`, `+0200`; no zone where a word ends here. False where something follows that may be one. */
function readZone(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 90) {
    isoTime.hasZone = true;
    isoTime.end = at + 1;
    const next = text.charCodeAt(at + 1) | 32;
    return !(next >= 97 && next <= 122) && !isDigit(next);
  }
  if (code !== PLUS && code !== DASH)
    return (
      Number.isNaN(code) || code === TAB || code === 93 || code === 34 || (code === SPACE && !mayBeZone(text, at + 1))
    );
  const hours = pairAt(text, at + 1);
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const minutes = pairAt(text, at + 3 + colon);
  const end = at + 5 + colon;
  const next = text.charCodeAt(end) | 32;
  if (
    hours < 0 ||
    hours >= 24 ||
    minutes < 0 ||
    minutes >= 60 ||
    isDigit(text.charCodeAt(end)) ||
    (next >= 97 && next <= 122)
  )
    return false;
  isoTime.ms -= (hours * 60 + minutes) * (code === PLUS ? 60_000 : -60_000);
  isoTime.hasZone = true;
  isoTime.end = end;
  return true;
}

/** `+0200`, `CEST`, `PM`, `Europe/Zurich`: what may belong to the time although a space stands before it. */
function mayBeZone(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === PLUS || code === DASH) return true;
  if (!(code >= 65 && code <= 90)) return false;
  const next = text.charCodeAt(at + 1);
  // `Europe`, `Asia`.
  if (next >= 97 && next <= 122) return true;
  // Levels are the words in capitals that most often follow a time: WARN, ERROR and CRIT begin like zones.
  if (code === 87) return next !== 65;
  if (code === 69 || code === 67) return next !== 82;
  return ZONE_STARTS.has(code);
}

/** First letters of the known abbreviations, and of AM and PM. */
const ZONE_STARTS = new Set([..."AGJMPUZ"].map((letter) => letter.charCodeAt(0)));
