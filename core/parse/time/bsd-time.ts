import { isDate, msOf } from "./calendar.ts";
import { clockMsAt } from "./clock-at.ts";
import type { TimeContext } from "./read-time.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

/** `Oct  9 22:14:15`. */
export const BSD_TIME_CHARS = 15;

/** `Oct  9 `. */
const DATE_CHARS = 7;

// The day read last, and the now that gave it its year.
let lastDate = "";
let lastNowMs = Number.NaN;
let lastDateMs = Number.NaN;

/**
 * Epoch ms of an RFC 3164 time in UTC that stands exactly at `at`, written as `bsdTimeOf` writes it; NaN if it is not,
 * or if its year depends on its hour. The year is the latest in which it is not more than a day in the future.
 */
export function bsdTimeAt(line: string, at: number, { nowMs }: TimeContext): number {
  if (line.charCodeAt(at + 3) !== 32 || line.charCodeAt(at + 6) !== 32) return Number.NaN;
  const date = line.slice(at, at + DATE_CHARS);
  if (date !== lastDate || nowMs !== lastNowMs) {
    lastDate = date;
    lastNowMs = nowMs;
    lastDateMs = dateMsOf(date, nowMs);
  }
  return lastDateMs + clockMsAt(line, at + DATE_CHARS);
}

function dateMsOf(date: string, nowMs: number): number {
  const match = /^([A-Z][a-z]{2}) ( [1-9]|[1-3]\d) $/.exec(date);
  const month = match ? MONTHS.indexOf(match[1]!) + 1 : 0;
  if (month === 0) return Number.NaN;
  const day = Number(match![2]);
  const next = new Date(nowMs).getUTCFullYear() + 1;
  for (let year = next; year > next - 10; year--) {
    if (!isDate(year, month, day)) continue;
    const ms = msOf(year, month, day, 0, 0, 0);
    // All of the day is past the limit; none of it is.
    if (ms > nowMs + DAY_MS) continue;
    return ms + DAY_MS <= nowMs + DAY_MS ? ms : Number.NaN;
  }
  return Number.NaN;
}

/** The time of RFC 3164, in UTC. */
export function bsdTimeOf(tsMs: number): string {
  const iso = new Date(tsMs).toISOString();
  const day = iso.charCodeAt(8) === 48 ? ` ${iso.charAt(9)}` : iso.slice(8, 10);
  return `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${day} ${iso.slice(11, 19)}`;
}
