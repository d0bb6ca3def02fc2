import { isDate, msOf } from "./calendar.ts";
import { clockMsAt, pairAt } from "./clock-at.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `17/May/2015:10:05:03 +0000`. */
export const CLF_TIME_CHARS = 26;

/** `17/May/2015`. */
const DATE_CHARS = 11;

// The day read last: the lines of a log are in the order of time, many to a day.
let lastDate = "";
let lastDateMs = Number.NaN;

/**
 * Epoch ms of a common log format time that stands exactly at `at`, written as Apache and nginx write it; NaN if it is
 * not. A leap second is left to the general reader, because `clfTimeOf` could not write it back.
 */
export function clfTimeAt(line: string, at: number): number {
  if (line.charCodeAt(at + DATE_CHARS) !== 58) return Number.NaN;
  const date = line.slice(at, at + DATE_CHARS);
  if (date !== lastDate) rememberDate(date);
  return lastDateMs + clockMsAt(line, at + DATE_CHARS + 1) - offsetMsAt(line, at + 20);
}

/** Milliseconds of ` +0530`, NaN if no zone stands there. */
function offsetMsAt(line: string, at: number): number {
  const hours = pairAt(line, at + 2);
  const minutes = pairAt(line, at + 4);
  const sign = line.charCodeAt(at + 1);
  if (hours < 0 || hours >= 24 || minutes < 0 || minutes >= 60 || line.charCodeAt(at) !== 32) return Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  return (hours * 60 + minutes) * (sign === 43 ? 60_000 : -60_000);
}

function rememberDate(date: string): void {
  lastDate = date;
  const month = MONTHS.indexOf(date.slice(3, 6)) + 1;
  const day = pairAt(date, 0);
  const year = pairAt(date, 7) * 100 + pairAt(date, 9);
  const hasSigns = /^..\/...\/....$/.test(date);
  lastDateMs = hasSigns && year >= 0 && isDate(year, month, day) ? msOf(year, month, day, 0, 0, 0) : Number.NaN;
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
