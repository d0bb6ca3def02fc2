const two = (value: number): string => String(value).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12:41`, in the viewer's zone as everything here. */
export function hourMinute(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `12:41:07`. */
export const clock = (ms: number): string => `${hourMinute(ms)}:${two(new Date(ms).getSeconds())}`;

/** `12:41:07.182`. */
export const clockMs = (ms: number): string =>
  `${clock(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, "0")}`;

/** `17 May`, with the year where it is not this one. */
export function day(ms: number, nowMs = Date.now()): string {
  const date = new Date(ms);
  const year = date.getFullYear();
  return `${date.getDate()} ${MONTHS[date.getMonth()]}${year === new Date(nowMs).getFullYear() ? "" : ` ${year}`}`;
}

/** `May 2015`. */
export const monthYear = (ms: number): string => `${MONTHS[new Date(ms).getMonth()]} ${new Date(ms).getFullYear()}`;

export function isSameDay(aMs: number, bMs: number): boolean {
  const [a, b] = [new Date(aMs), new Date(bMs)];
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();
}

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
export function full(ms: number): string {
  const date = new Date(ms);
  const minutes = -date.getTimezoneOffset();
  const sign = minutes < 0 ? "−" : "+";
  const zone =
    minutes === 0
      ? "UTC"
      : `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${minutes % 60 ? `:${two(Math.abs(minutes) % 60)}` : ""}`;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockMs(ms)} ${zone}`;
}
