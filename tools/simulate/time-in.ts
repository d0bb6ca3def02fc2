import { accessTime } from "./access-line.ts";

/** Where in a line its time stands, and which. */
export interface TimeInLine {
  tsMs: number;
  start: number;
  end: number;
  /** Writes another moment in the same manner, in UTC. */
  write: (tsMs: number) => string;
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const ACCESS = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\]/;
const ISO = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
const EPOCH = /"(?:time|timestamp|ts|@timestamp)":\s*(\d{13}|\d{10}(?:\.\d+)?)(?=[,}\s])/;

/** Times are at the head of a line or among its first fields; a date further on belongs to the message. */
const LOOK_AT_CHARS = 400;

/** Finds the time of an access line, of an ISO 8601 stamp, or of a JSON line with epoch seconds or milliseconds. */
export function timeIn(line: string): TimeInLine | undefined {
  const head = line.slice(0, LOOK_AT_CHARS);
  return accessTimeIn(head) ?? isoTimeIn(head) ?? epochIn(head);
}

function accessTimeIn(head: string): TimeInLine | undefined {
  const found = ACCESS.exec(head);
  if (!found) return undefined;
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = found as unknown as string[];
  const monthIndex = MONTHS.indexOf(month!) / 3;
  const local = Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second));
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === "-" ? -1 : 1);
  if (!Number.isInteger(monthIndex)) return undefined;
  const start = found.index + 1;
  return { tsMs: local - zoneMs, start, end: start + found[0].length - 2, write: accessTime };
}

function isoTimeIn(head: string): TimeInLine | undefined {
  const found = ISO.exec(head);
  if (!found) return undefined;
  const text = found[0].replace(" ", "T").replace(",", ".");
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const tsMs = Date.parse(zoned.replace(/(\.\d{3})\d+/, "$1").replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (Number.isNaN(tsMs)) return undefined;
  return { tsMs, start: found.index, end: found.index + found[0].length, write: (at) => new Date(at).toISOString() };
}

function epochIn(head: string): TimeInLine | undefined {
  const found = EPOCH.exec(head);
  if (!found) return undefined;
  const text = found[1]!;
  const inMs = text.length === 13 && !text.includes(".");
  const end = found.index + found[0].length;
  const write = (at: number) => (inMs ? String(Math.round(at)) : (at / 1_000).toFixed(3));
  return { tsMs: inMs ? Number(text) : Number(text) * 1_000, start: end - text.length, end, write };
}
