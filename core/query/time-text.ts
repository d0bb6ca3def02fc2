import { isDate, msOf } from "../parse/time/calendar.ts";
import type { Moment } from "./filter.ts";

/** A written time: one instant, or the whole of a day, an hour, a second, from its start up to before its end. */
export type WrittenTime = { at: Moment } | { fromMs: number; toMs: number };

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof UNIT_MS;
const UNITS = Object.keys(UNIT_MS).reverse() as Unit[];

/** What ECMAScript's Date can hold. */
const MAX_MS = 8.64e15;

const YEAR_0_MS = msOf(0, 1, 1, 0, 0, 0);

const RELATIVE = /^(?:now)?([+-])(\d{1,12})(ms|s|m|h|d|w)$/;
const EPOCH_MS = /^\d{5,16}$/;
const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;

/**
 * Reads `now`, `-15m`, `now-2h`, epoch milliseconds (5 digits or more), and ISO 8601 from the year to the nanosecond, in
 * UTC where no zone is given; undefined for anything else. What is finer than a millisecond is left out.
 */
export function writtenTimeOf(text: string): WrittenTime | undefined {
  if (text === "now") return { at: { agoMs: 0 } };
  const relative = RELATIVE.exec(text);
  if (relative) {
    const ms = Number(relative[2]) * UNIT_MS[relative[3] as Unit];
    // 0 - ms, as -0 is not what JSON gives back.
    return ms > MAX_MS ? undefined : { at: { agoMs: relative[1] === "-" ? ms : 0 - ms } };
  }
  if (EPOCH_MS.test(text)) return Number(text) > MAX_MS ? undefined : { at: Number(text) };
  const iso = ISO.exec(text);
  return iso ? isoTimeOf(iso) : undefined;
}

function isoTimeOf([, years, months, days, hours, minutes, seconds, fraction, zone]: RegExpExecArray):
  | WrittenTime
  | undefined {
  const [year, month, day] = [Number(years), Number(months ?? 1), Number(days ?? 1)];
  const [hour, minute, second] = [Number(hours ?? 0), Number(minutes ?? 0), Number(seconds ?? 0)];
  if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const digits = (fraction ?? "").slice(0, 3);
  const fromMs = msOf(year, month, day, hour, minute, second) + Number(digits.padEnd(3, "0")) - offsetMs(zone);
  if (fromMs < YEAR_0_MS) return undefined;
  if (months === undefined) return { fromMs, toMs: msOf(year + 1, 1, 1, 0, 0, 0) };
  if (days === undefined)
    return { fromMs, toMs: month === 12 ? msOf(year + 1, 1, 1, 0, 0, 0) : msOf(year, month + 1, 1, 0, 0, 0) };
  if (hours === undefined) return { fromMs, toMs: fromMs + UNIT_MS.d };
  if (minutes === undefined) return { fromMs, toMs: fromMs + UNIT_MS.h };
  if (seconds === undefined) return { fromMs, toMs: fromMs + UNIT_MS.m };
  return digits.length === 3 ? { at: fromMs } : { fromMs, toMs: fromMs + 10 ** (3 - digits.length) };
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const ms = Number(zone.slice(1, 3)) * UNIT_MS.h + Number(zone.slice(3).replace(":", "")) * UNIT_MS.m;
  return zone.startsWith("-") ? -ms : ms;
}

/** Text that `writtenTimeOf` reads as the very instant. */
export function timeTextOf(moment: Moment): string {
  if (typeof moment !== "number") return relativeTextOf(moment.agoMs);
  const iso = new Date(moment).toISOString();
  // Years outside of 0-9999 have a sign and six digits.
  return iso.length === 24 ? iso : String(moment);
}

function relativeTextOf(agoMs: number): string {
  if (agoMs === 0) return "now";
  const ms = Math.abs(agoMs);
  const unit = UNITS.find((candidate) => ms % UNIT_MS[candidate] === 0)!;
  return `${agoMs > 0 ? "-" : "+"}${ms / UNIT_MS[unit]}${unit}`;
}

/** Epoch milliseconds of a moment asked about at `nowMs`. */
export const msOfMoment = (moment: Moment, nowMs: number): number =>
  typeof moment === "number" ? moment : nowMs - moment.agoMs;
