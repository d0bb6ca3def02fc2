import { isDate, msOf } from "./calendar.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `17/May/2015:10:05:03 +0000`. */
export const CLF_TIME_CHARS = 26;

/** `17/May/2015:`. */
const DATE_CHARS = 12;

// The day read last: that of a log changes rarely.
let lastDate = "\0";
let lastDateMs = Number.NaN;

/**
 * Epoch ms of a common log format time that stands exactly at `at`, written as Apache and nginx write it; NaN if it is
 * not. A leap second is left to the general reader, because `clfTimeOf` could not write it back.
 */
export function clfTimeAt(line: string, at: number): number {
  if (!line.startsWith(lastDate, at)) rememberDate(line, at);
  return lastDateMs + clockMsAt(line, at + DATE_CHARS) - offsetMsAt(line, at + 20);
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

/** Milliseconds of `10:05:03` at an index, NaN if no such time of day stands there. */
export function clockMsAt(line: string, at: number): number {
  const hour = twoDigits(line, at);
  const minute = twoDigits(line, at + 3);
  const second = twoDigits(line, at + 6);
  // What is no digit makes NaN, which no comparison lets through.
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  if (line.charCodeAt(at + 2) !== 58 || line.charCodeAt(at + 5) !== 58) return Number.NaN;
  return (hour * 60 + minute) * 60_000 + second * 1_000;
}

function rememberDate(line: string, at: number): void {
  lastDate = line.slice(at, at + DATE_CHARS);
  const month = MONTHS.indexOf(line.slice(at + 3, at + 6)) + 1;
  const day = twoDigits(line, at);
  const year = twoDigits(line, at + 7) * 100 + twoDigits(line, at + 9);
  const hasSigns = /^..\/...\/....:$/.test(lastDate);
  lastDateMs = hasSigns && isDate(year, month, day) ? msOf(year, month, day, 0, 0, 0) : Number.NaN;
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
