const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number) => String(n).padStart(2, "0");

let lastSecond = Number.NaN;
let lastText = "";

/** `10/Nov/2026:13:55:36 +0000`, as Apache and Nginx write it, in UTC. */
export function accessTime(tsMs: number): string {
  const second = Math.floor(tsMs / 1_000);
  if (second === lastSecond) return lastText;
  const date = new Date(second * 1_000);
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  lastSecond = second;
  lastText = `${day}:${clock} +0000`;
  return lastText;
}

export interface AccessLine {
  tsMs: number;
  ip: string;
  user: string;
  method: string;
  path: string;
  protocol: string;
  status: number;
  /** Undefined where no body was sent. */
  bytes: number | undefined;
  referrer: string;
  userAgent: string;
  durationMs: number;
}

/** Apache "combined" with the response time in whole milliseconds at its end. */
export function accessLine(line: AccessLine): string {
  const request = `${line.method} ${line.path} ${line.protocol}`;
  return `${line.ip} - ${line.user} [${accessTime(line.tsMs)}] "${request}" ${line.status} ${line.bytes ?? "-"} "${line.referrer}" "${line.userAgent}" ${line.durationMs}`;
}
