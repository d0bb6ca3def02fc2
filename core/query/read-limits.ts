import { levelOfName } from "../parse/level.ts";
import { LEVELS } from "../record.ts";
import { type Field, kindOf } from "./fields.ts";
import type { Bound, Filter, Limits, Moment } from "./filter.ts";
import type { Scanner, Written } from "./scanner.ts";
import { type WrittenTime, writtenTimeOf } from "./time-text.ts";

export type Ends = Limits<Written>;

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The number that a text writes, as `attrs` and number fields compare it; undefined for other text. */
export function numberOfText(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const number = Number(text);
  // -0 is not what JSON gives back.
  return Number.isFinite(number) ? number + 0 : undefined;
}

/** Whether values of the field have an order: numbers, levels, times, and attributes that are numbers. */
export function canCompare(field: Field): boolean {
  const kind = kindOf(field);
  return kind === undefined || kind === "number" || kind === "level" || kind === "time";
}

/** The condition that a field's value lies between two ends; with both open, that it has one. */
export function limitedBy(scanner: Scanner, field: Field, { low, high }: Ends): Filter | undefined {
  if (low === undefined && high === undefined) return { kind: "has", field };
  if (kindOf(field) === "time") {
    const from = low && timeOf(scanner, low.value);
    const to = high && timeOf(scanner, high.value);
    if ((low && !from) || (high && !to)) return undefined;
    return { kind: "when", ...definite(from && lowOf(from, low!.inclusive), to && highOf(to, high!.inclusive)) };
  }
  const read = kindOf(field) === "level" ? levelOf : numberOf;
  const from = low && boundOf(low, read(scanner, low.value));
  const to = high && boundOf(high, read(scanner, high.value));
  if ((low && !from) || (high && !to)) return undefined;
  return { kind: "within", field, ...definite(from, to) };
}

/** Absent ends are left out, so that equal filters are equal as data. */
const definite = <Value>(low: Bound<Value> | undefined, high: Bound<Value> | undefined): Limits<Value> => ({
  ...(low && { low }),
  ...(high && { high }),
});

const boundOf = ({ inclusive }: Bound<Written>, value: number | undefined): Bound<number> | undefined =>
  value === undefined ? undefined : { value, inclusive };

function numberOf(scanner: Scanner, { text, start }: Written): number | undefined {
  return numberOfText(text) ?? scanner.fail("a number", start);
}

function levelOf(scanner: Scanner, { text, start }: Written): number | undefined {
  const level = levelOfName(text);
  return level === undefined ? scanner.fail(`a level: ${LEVELS.join(", ")}`, start) : LEVELS.indexOf(level);
}

function timeOf(scanner: Scanner, { text, start }: Written): WrittenTime | undefined {
  return writtenTimeOf(text) ?? scanner.fail("a time, such as -15m, now, 2026-11-22 or 2026-11-22T10:30:00Z", start);
}

/** After a day is after its end, from a day on is from its start on. */
function lowOf(time: WrittenTime, inclusive: boolean): Bound<Moment> {
  if ("at" in time) return { value: time.at, inclusive };
  return { value: inclusive ? time.fromMs : time.toMs, inclusive: true };
}

function highOf(time: WrittenTime, inclusive: boolean): Bound<Moment> {
  if ("at" in time) return { value: time.at, inclusive };
  return { value: inclusive ? time.toMs : time.fromMs, inclusive: false };
}
