import { isDate, msOf } from "./calendar.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `17/May/2015:10:05:03 +0000`. */
export const CLF_TIME_CHARS = 26;

// The time read last: the lines of a busy server come many to a second.
let lastText = "\0";
let lastMs = Number.NaN;

/**
 * Epoch ms of a common log format time that stands exactly at `at`, written as Apache and nginx write it; NaN if it is
 * not. A leap second is left to the general reader, because `clfTimeOf` could not write it back.
 */
export function clfTimeAt(line: string, at: number): number {
  if (line.startsWith(lastText, at)) return lastMs;
  const ms = readClfTime(line, at);
  if (!Number.isNaN(ms)) {
    lastText = line.slice(at, at + CLF_TIME_CHARS);
    lastMs = ms;
  }
  return ms;
}

function readClfTime(line: string, at: number): number {
  const month = MONTHS.indexOf(line.slice(at + 3, at + 6)) + 1;
  const day = twoDigits(line, at);
  const year = twoDigits(line, at + 7) * 100 + twoDigits(line, at + 9);
  const hour = twoDigits(line, at + 12);
  const minute = twoDigits(line, at + 15);
  const second = twoDigits(line, at + 18);
  const zoneHours = twoDigits(line, at + 22);
  const zoneMinutes = twoDigits(line, at + 24);
  // A digit that is none makes NaN, which no comparison lets through.
  if (!(isDate(year, month, day) && hour < 24 && minute < 60 && second < 60 && zoneHours < 24 && zoneMinutes < 60))
    return Number.NaN;
  const sign = line.charCodeAt(at + 21);
  if ((sign !== 43 && sign !== 45) || line.charCodeAt(at + 20) !== 32) return Number.NaN;
  if (line.charCodeAt(at + 2) !== 47 || line.charCodeAt(at + 6) !== 47) return Number.NaN;
  if (line.charCodeAt(at + 11) !== 58 || line.charCodeAt(at + 14) !== 58 || line.charCodeAt(at + 17) !== 58)
    return Number.NaN;
  const offsetMs = (zoneHours * 60 + zoneMinutes) * (sign === 43 ? 60_000 : -60_000);
  return msOf(year, month, day, hour, minute, second) - offsetMs;
}

function twoDigits(line: string, at: number): number {
  const tens = line.charCodeAt(at) - 48;
  const ones = line.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Whether the zone of a time that `clfTimeAt` has read is the one that `clfTimeOf` writes. */
export const isClfUtc = (line: string, at: number): boolean => line.startsWith(" +0000", at + 20);

/** A time of years 0-9999 in common log format and UTC. */
export function clfTimeOf(tsMs: number): string {
  const iso = new Date(tsMs).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** `Oct  9 22:14:15`, the time of RFC 3164, in UTC. */
export function bsdTimeOf(tsMs: number): string {
  const iso = new Date(tsMs).toISOString();
  const day = iso.charCodeAt(8) === 48 ? ` ${iso.charAt(9)}` : iso.slice(8, 10);
  return `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${day} ${iso.slice(11, 19)}`;
}
