import { isDate, msOf } from "./calendar.ts";
import { minuteMsAt, secondMsAt, twoDigits } from "./clf-time.ts";
import { isDigit } from "./cursor.ts";

/** `2006-01-02`, `2006/01/02`. */
const DATE_CHARS = 10;

/** `2006-01-02T15:04:`. */
const MINUTE_CHARS = 17;

const TAB = 9;
const SPACE = 32;
const DASH = 45;
const PLUS = 43;
const COMMA = 44;
const DOT = 46;
const SLASH = 47;

// The minute read last: the lines of a log are in the order of time, many to a minute.
let lastMinute = "\0";
let lastMinuteMs = Number.NaN;

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
  // Half a minute must not be remembered: every later time would begin with it.
  if (text.length < at + MINUTE_CHARS) return false;
  const sign = text.charCodeAt(at + 4);
  if ((sign !== DASH && sign !== SLASH) || text.charCodeAt(at + 7) !== sign) return false;
  if (!text.startsWith(lastMinute, at)) rememberMinute(text, at);
  const ms = lastMinuteMs + secondMsAt(text, at + MINUTE_CHARS);
  if (Number.isNaN(ms)) return false;
  isoTime.ms = ms;
  isoTime.subNs = 0;
  isoTime.hasZone = false;
  let end = at + MINUTE_CHARS + 2;
  const mark = text.charCodeAt(end);
  if ((mark === DOT || mark === COMMA) && isDigit(text.charCodeAt(end + 1))) end = readFraction(text, end + 1);
  isoTime.end = end;
  return readZone(text, end);
}

function rememberMinute(text: string, at: number): void {
  lastMinute = text.slice(at, at + MINUTE_CHARS);
  const year = twoDigits(text, at) * 100 + twoDigits(text, at + 2);
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  const separator = text.charCodeAt(at + DATE_CHARS);
  const isTime = (separator === 84 || separator === SPACE || separator === TAB) && isDate(year, month, day);
  lastMinuteMs = isTime ? msOf(year, month, day, 0, 0, 0) + minuteMsAt(text, at + DATE_CHARS + 1) : Number.NaN;
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
  const hours = twoDigits(text, at + 1);
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const minutes = twoDigits(text, at + 3 + colon);
  const end = at + 5 + colon;
  const next = text.charCodeAt(end) | 32;
  if (!(hours < 24 && minutes < 60) || isDigit(text.charCodeAt(end)) || (next >= 97 && next <= 122)) return false;
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
