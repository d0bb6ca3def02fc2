import { isDate, msOf } from "./calendar.ts";
import { clockMsAt } from "./clock-at.ts";
import { isDigit } from "./cursor.ts";
import type { TimeContext } from "./read-time.ts";
import { utcMsOfLocal } from "./zone.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Wed Oct 11 `. */
const DATE_CHARS = 11;

// The day read last, with the year at the time's end.
let lastDate = "\0";
let lastYear = "\0";
let lastDateMs = Number.NaN;

/**
 * The time of `Wed Oct 11 14:32:52.123456 2000`, C's asctime as Apache's error log has it, with microseconds or without;
 * undefined for any other text.
 */
export function ctimeOf(text: string, context: TimeContext): { tsMs: number; subNs: number } | undefined {
  const clockMs = clockMsAt(text, DATE_CHARS);
  const micros = text.charCodeAt(19) === 46 ? microsAt(text, 20) : 0;
  const yearAt = text.length - 5;
  if (Number.isNaN(clockMs + micros) || (yearAt !== 19 && yearAt !== 26)) return undefined;
  const date = text.slice(0, DATE_CHARS);
  const year = text.slice(yearAt);
  if (date !== lastDate || year !== lastYear) rememberDate(date, year);
  if (Number.isNaN(lastDateMs)) return undefined;
  const millis = Math.floor(micros / 1_000);
  return { tsMs: utcMsOfLocal(lastDateMs + clockMs, context.zone) + millis, subNs: (micros - millis * 1_000) * 1_000 };
}

function microsAt(text: string, from: number): number {
  let micros = 0;
  for (let at = from; at < from + 6; at++) {
    if (!isDigit(text.charCodeAt(at))) return Number.NaN;
    micros = micros * 10 + text.charCodeAt(at) - 48;
  }
  return micros;
}

function rememberDate(date: string, yearText: string): void {
  lastDate = date;
  lastYear = yearText;
  const match = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) $/.exec(lastDate);
  const month = match ? MONTHS.indexOf(match[1]!) + 1 : 0;
  const year = /^ \d{4}$/.test(lastYear) ? Number(lastYear) : Number.NaN;
  const day = Number(match?.[2]);
  lastDateMs = month > 0 && isDate(year, month, day) ? msOf(year, month, day, 0, 0, 0) : Number.NaN;
}
