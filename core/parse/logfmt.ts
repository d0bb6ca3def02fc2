import { recordOfFields } from "../fields/record-of-fields.ts";
import { type Pair, readLogfmt } from "./logfmt/read-logfmt.ts";
import type { Parser } from "./parser.ts";
import { putOtherTime } from "./put-other-time.ts";

const EQUALS = 61;
const SPACE = 32;
const QUOTE = 34;

/** Keys of one word each begin such a line; longer than this none is. */
const MAX_KEY_CHARS = 64;

/**
 * `level=info msg="user signed in" ms=12`, its known names read as those of JSON.
 *
 * Prose may hold a `=`: a line is taken for logfmt if it begins with a pair, and has no more lone words than pairs. Bare
 * numbers and booleans become what they are; quoted ones stay text.
 */
export const logfmt: Parser = {
  name: "logfmt",
  parse(line, context) {
    if (!beginsWithPair(line)) return undefined;
    const read = readLogfmt(line);
    if (!read.ok || !hasEnoughPairs(read.value)) return undefined;
    const record = recordOfFields({ fields: fieldsOf(read.value), line }, context);
    putOtherTime(record, context);
    record.parser = "logfmt";
    return record;
  },
};

function beginsWithPair(line: string): boolean {
  for (let at = 0; at <= MAX_KEY_CHARS; at++) {
    const code = line.charCodeAt(at);
    if (code === EQUALS) return at > 0;
    if (!(code > SPACE) || code === QUOTE) return false;
  }
  return false;
}

function hasEnoughPairs(pairs: Pair[]): boolean {
  let words = 0;
  for (const [, value] of pairs) if (value === null) words++;
  return words * 2 <= pairs.length;
}

/** The last of a repeated key counts; a lone one is true. */
function fieldsOf(pairs: Pair[]): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const [key, value, isQuoted] of pairs) fields[key] = isQuoted ? value : value === null ? true : typed(value);
  if (typeof fields.date === "string" && typeof fields.time === "string") joinDate(fields, fields.date, fields.time);
  return fields;
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
  if (value === "true") return true;
  if (value === "false") return false;
  const first = value.charCodeAt(0);
  if (first !== 45 && !(first >= 48 && first <= 57)) return value;
  const number = Number(value);
  return String(number) === value && Number.isFinite(number) ? number : value;
}
