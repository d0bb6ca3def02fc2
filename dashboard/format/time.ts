import { zone } from "./zone.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type Part = "FullYear" | "Month" | "Date" | "Hours" | "Minutes" | "Seconds";

/** A part of a moment in the zone that is shown, as everything here. */
const part = (ms: number, name: Part): number =>
  new Date(ms)[zone.value === "utc" ? (`getUTC${name}` as const) : (`get${name}` as const)]();

/** `12:41`. */
export const hourMinute = (ms: number): string => `${two(part(ms, "Hours"))}:${two(part(ms, "Minutes"))}`;

/** `12:41:07`. */
export const clock = (ms: number): string => `${hourMinute(ms)}:${two(part(ms, "Seconds"))}`;

/** `12:41:07.182`. */
export const clockMs = (ms: number): string =>
  `${clock(ms)}.${String(new Date(ms).getUTCMilliseconds()).padStart(3, "0")}`;

/** `17 May`, with the year where it is not this one. */
export function day(ms: number, nowMs = Date.now()): string {
  const year = part(ms, "FullYear");
  return `${part(ms, "Date")} ${MONTHS[part(ms, "Month")]}${year === part(nowMs, "FullYear") ? "" : ` ${year}`}`;
}

export const year = (ms: number): string => String(part(ms, "FullYear"));

/** `May 2015`. */
export const monthYear = (ms: number): string => `${MONTHS[part(ms, "Month")]} ${part(ms, "FullYear")}`;

export const isSameDay = (aMs: number, bMs: number): boolean =>
  (["Date", "Month", "FullYear"] as const).every((name) => part(aMs, name) === part(bMs, name));

/** `12:41` today, else `17 May 2015 12:41`. */
export const moment = (ms: number, nowMs = Date.now()): string =>
  isSameDay(ms, nowMs) ? hourMinute(ms) : `${day(ms, nowMs)} ${hourMinute(ms)}`;

/** `now`, `12 s ago`, `3 min ago`, `5 h ago`, `4 d ago`. */
export function ago(ms: number, nowMs: number): string {
  const seconds = Math.round((nowMs - ms) / 1_000);
  if (seconds < 2) return "now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** A step of a chart in words: `2 s`, `1 min`, `10 min`, `1 d`. */
export function step(ms: number): string {
  if (ms < 60_000) return `${ms / 1_000} s`;
  if (ms < 3_600_000) return `${ms / 60_000} min`;
  return ms < 86_400_000 ? `${ms / 3_600_000} h` : `${ms / 86_400_000} d`;
}

/** `2015-05-17 10:05:03.000 UTC+2`: whole and with its zone, for a tooltip. */
export const full = (ms: number): string =>
  `${part(ms, "FullYear")}-${two(part(ms, "Month") + 1)}-${two(part(ms, "Date"))} ${clockMs(ms)} ${zoneName(ms)}`;

/** `UTC`, `UTC+2`, `UTC−3:30`: of the zone that is shown, at that moment. */
export function zoneName(ms: number): string {
  const minutes = zone.value === "utc" ? 0 : -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${size % 60 ? `:${two(size % 60)}` : ""}`;
}
