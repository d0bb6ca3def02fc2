import { isDate, msOf } from "./calendar.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `17/May/2015:10:05:03 +0000`. */
export const CLF_TIME_CHARS = 26;

/** `17/May/2015:10:05:`. */
const MINUTE_CHARS = 18;

// The minute read last: the lines of a log are in the order of time, many to a minute.
let lastMinute = "\0";
let lastMinuteMs = Number.NaN;

/**
 * Epoch ms of a common log format time that stands exactly at `at`, written as Apache and nginx write it; NaN if it is
 * not. A leap second is left to the general reader, because `clfTimeOf` could not write it back.
 */
export function clfTimeAt(line: string, at: number): number {
  if (line.length < at + CLF_TIME_CHARS) return Number.NaN;
  if (!line.startsWith(lastMinute, at)) rememberMinute(line, at);
  return lastMinuteMs + secondMsAt(line, at + MINUTE_CHARS) - offsetMsAt(line, at + 20);
}

/** Milliseconds of two digits of a second, NaN if they are none. */
export function secondMsAt(line: string, at: number): number {
  const second = twoDigits(line, at);
  return second < 60 ? second * 1_000 : Number.NaN;
}

/** Milliseconds of ` +0530`, NaN if no zone stands there. */
function offsetMsAt(line: string, at: number): number {
  const hours = twoDigits(line, at + 2);
  const minutes = twoDigits(line, at + 4);
  const sign = line.charCodeAt(at + 1);
  if (!(hours < 24 && minutes < 60) || line.charCodeAt(at) !== 32) return Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  return (hours * 60 + minutes) * (sign === 43 ? 60_000 : -60_000);
}

/** Milliseconds of `10:05:` at an index, NaN if no such hour and minute stand there. */
export function minuteMsAt(line: string, at: number): number {
  const hour = twoDigits(line, at);
  const minute = twoDigits(line, at + 3);
  // What is no digit makes NaN, which no comparison lets through.
  if (!(hour < 24 && minute < 60) || line.charCodeAt(at + 2) !== 58 || line.charCodeAt(at + 5) !== 58)
    return Number.NaN;
  return (hour * 60 + minute) * 60_000;
}

function rememberMinute(line: string, at: number): void {
  lastMinute = line.slice(at, at + MINUTE_CHARS);
  const month = MONTHS.indexOf(line.slice(at + 3, at + 6)) + 1;
  const day = twoDigits(line, at);
  const year = twoDigits(line, at + 7) * 100 + twoDigits(line, at + 9);
  const hasSigns = /^..\/...\/....:/.test(lastMinute);
  lastMinuteMs =
    hasSigns && isDate(year, month, day) ? msOf(year, month, day, 0, 0, 0) + minuteMsAt(line, at + 12) : Number.NaN;
}

export function twoDigits(line: string, at: number): number {
  const tens = line.charCodeAt(at) - 48;
  const ones = line.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Whether the zone of a time that `clfTimeAt` has read is the one that `clfTimeOf` writes. */
export function isClfUtc(line: string, at: number): boolean {
  if (line.charCodeAt(at + 21) !== 43) return false;
  for (let digit = at + 22; digit < at + CLF_TIME_CHARS; digit++) if (line.charCodeAt(digit) !== 48) return false;
  return true;
}

/** A time of years 0-9999 in common log format and UTC. */
export function clfTimeOf(tsMs: number): string {
  const iso = new Date(tsMs).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
