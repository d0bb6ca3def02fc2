import { setAttr } from "../fields/bounded.ts";
import { planOf } from "../fields/plan-of.ts";
import { recordOfFields, recordOfValues } from "../fields/record-of-fields.ts";
import type { LogRecord } from "../record.ts";
import { type PutPair, readLogfmt } from "./logfmt/read-logfmt.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putOtherTime } from "./put-other-time.ts";

const EQUALS = 61;
const SPACE = 32;
const QUOTE = 34;

const MINUS = 45;
const ZERO = 48;
const NINE = 57;

/** Every integer of so many digits is exact. */
const MAX_WHOLE_DIGITS = 15;
/** `-1.2345678901234567e-300`: JavaScript writes no number longer. */
const MAX_NUMBER_CHARS = 25;

/** Keys of one word each begin such a line; longer than this none is. */
const MAX_KEY_CHARS = 64;

/**
 * `level=info msg="user signed in" ms=12`, its known names read as those of JSON.
 *
 * Prose may hold a `=`: a line is taken for logfmt if it begins with a pair, and has no more lone words than pairs. Bare
 * numbers and booleans become what they are, lone words true; quoted values stay text. Of a repeated key the last counts.
 */
export const logfmt: Parser = {
  name: "logfmt",
  parse: (line, context) => (beginsWithPair(line) ? parsePairs(line, context) : undefined),
};

/** The names of the line read last: a program writes the same ones again. */
let lastNames: readonly string[] = [];

function parsePairs(line: string, context: ParseContext): LogRecord | undefined {
  const names: string[] = [];
  const values: unknown[] = [];
  let words = 0;
  const put: PutPair = (name, value, isQuoted) => {
    if (value === null) words++;
    names.push(name);
    values.push(value === null ? true : isQuoted ? value : typed(value));
  };
  const read = readLogfmt(line, put, lastNames);
  if (!read.ok || words * 2 > read.value) return undefined;
  const plan = planOf(names);
  lastNames = plan.names;
  const isPlain = plan.isSimple && !plan.mayBeExport && !names.includes("date");
  const record = isPlain
    ? recordOfValues(plan, values, line, context)
    : recordOfFields({ fields: fieldsOf(names, values), line }, context);
  putOtherTime(record, context);
  record.parser = "logfmt";
  return record;
}

function fieldsOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) setAttr(fields, names[i]!, values[i]);
  if (typeof fields.date === "string" && typeof fields.time === "string") joinDate(fields, fields.date, fields.time);
  return fields;
}

function beginsWithPair(line: string): boolean {
  for (let at = 0; at <= MAX_KEY_CHARS; at++) {
    const code = line.charCodeAt(at);
    if (code === EQUALS) return at > 0;
    if (!(code > SPACE) || code === QUOTE) return false;
  }
  return false;
}

/** Firewalls write `date=2024-10-14 time=13:46:51 tz="-0700"`. */
function joinDate(fields: Record<string, unknown>, date: string, time: string): void {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d:\d\d/.test(time)) return;
  const zone = /^[+-]\d{4}$/.test(String(fields.tz)) ? ` ${fields.tz}` : "";
  fields.time = `${date} ${time}${zone}`;
  delete fields.date;
}

/** A number only if it is written as JavaScript would write it, so that `007` and long ids stay what they are. */
function typed(value: string): unknown {
  const first = value.charCodeAt(0);
  if (first >= ZERO && first <= NINE) return wholeNumberOf(value, first) ?? numberOf(value);
  if (first === MINUS) return numberOf(value);
  if (value === "true") return true;
  return value === "false" ? false : value;
}

/** Of digits alone, as most numbers are written; undefined for other numbers and texts. */
function wholeNumberOf(value: string, first: number): number | undefined {
  const { length } = value;
  if (length > MAX_WHOLE_DIGITS || (first === ZERO && length > 1)) return undefined;
  let number = first - ZERO;
  for (let at = 1; at < length; at++) {
    const code = value.charCodeAt(at);
    if (!(code >= ZERO && code <= NINE)) return undefined;
    number = number * 10 + code - ZERO;
  }
  return number;
}

function numberOf(value: string): unknown {
  // Most of what begins with a digit and is no number ends with a unit or is a time: a letter tells.
  const last = value.charCodeAt(value.length - 1);
  if (!(last >= ZERO && last <= NINE) || value.length > MAX_NUMBER_CHARS) return value;
  const number = Number(value);
  return String(number) === value && Number.isFinite(number) ? number : value;
}
