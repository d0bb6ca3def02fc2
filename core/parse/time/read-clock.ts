import { type Cursor, isDigit } from "./cursor.ts";

export interface Clock {
  hour: number;
  minute: number;
  second: number;
  /** Nanoseconds inside the second, 0-999,999,999. */
  nanos: number;
}

const COLON = 58;
const DOT = 46;
const COMMA = 44;

/**
 * Reads `15:04`, `15:04:05`, `15:04:05.999999`, `15:04:05,678`, `150405`, `15.04.05.999`, `3:04:05 PM` at the cursor.
 *
 * A refusal may leave the cursor anywhere. Digits past the nanosecond are read over. Second 60 is a leap second.
 */
export function readClock(cursor: Cursor): Clock | undefined {
  const clock = { hour: cursor.number(2), minute: 0, second: 0, nanos: 0 };
  if (clock.hour < 0) return undefined;
  const separator = cursor.code();
  if (separator === COLON || separator === DOT) {
    if (!readColons(cursor, clock, separator)) return undefined;
  } else if (isDigit(separator) && cursor.taken === 2) {
    clock.minute = cursor.number(2);
    if (cursor.taken !== 2) return undefined;
    if (isDigit(cursor.code())) clock.second = cursor.number(2);
    if (cursor.taken !== 2) return undefined;
  } else {
    return undefined;
  }
  clock.nanos = readFraction(cursor);
  if (isDigit(cursor.code()) || !readHalfOfDay(cursor, clock)) return undefined;

  const { hour, minute, second } = clock;
  if (minute > 59 || second > 60) return undefined;
  return hour < 24 || (hour === 24 && minute === 0 && second === 0) ? clock : undefined;
}

function readColons(cursor: Cursor, clock: Clock, separator: number): boolean {
  cursor.at++;
  clock.minute = cursor.number(2);
  if (!isPair(cursor, separator)) return false;
  if (cursor.code() !== separator || !isDigit(cursor.text.charCodeAt(cursor.at + 1))) return separator === COLON;
  cursor.at++;
  clock.second = cursor.number(2);
  return isPair(cursor, separator);
}

/** Some write `22:5:9`; with dots one digit is more likely a version's. */
const isPair = (cursor: Cursor, separator: number): boolean =>
  cursor.taken === 2 || (cursor.taken === 1 && separator === COLON);

function readFraction(cursor: Cursor): number {
  const separator = cursor.code();
  if (!isDigit(cursor.text.charCodeAt(cursor.at + 1))) return 0;
  if (separator === COLON) return readColonMillis(cursor);
  if (separator !== DOT && separator !== COMMA) return 0;
  cursor.at++;
  let nanos = cursor.number(9);
  for (let digits = cursor.taken; digits < 9; digits++) nanos *= 10;
  while (isDigit(cursor.code())) cursor.at++;
  return nanos;
}

/** `15:04:05:678`, as some Java formats write milliseconds, without zeros before them too. */
function readColonMillis(cursor: Cursor): number {
  const { at } = cursor;
  cursor.at++;
  const millis = cursor.number(3);
  if (!isDigit(cursor.code())) return millis * 1_000_000;
  cursor.at = at;
  return 0;
}

/** Applies ` PM`, `am`, … if it stands here; false if the hour does not go with it. */
function readHalfOfDay(cursor: Cursor, clock: Clock): boolean {
  let { at } = cursor;
  while (cursor.text.charCodeAt(at) === 32 || cursor.text.charCodeAt(at) === 0x202f) at++;
  const half = cursor.text.charCodeAt(at) | 32;
  if ((half !== 97 && half !== 112) || (cursor.text.charCodeAt(at + 1) | 32) !== 109) return true;
  const next = cursor.text.charCodeAt(at + 2) | 32;
  if (next >= 97 && next <= 122) return true;
  if (clock.hour < 1 || clock.hour > 12) return false;
  clock.hour = (clock.hour % 12) + (half === 112 ? 12 : 0);
  cursor.at = at + 2;
  return true;
}
