import { setAttr } from "../fields/bounded.ts";
import { recordOfFields } from "../fields/record-of-fields.ts";
import type { LogRecord } from "../record.ts";
import { readLogfmt } from "./logfmt/read-logfmt.ts";
import type { ParseContext, Parser } from "./parser.ts";
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
 * numbers and booleans become what they are, lone words true; quoted values stay text. Of a repeated key the last counts.
 */
export const logfmt: Parser = {
  name: "logfmt",
  parse: (line, context) => (beginsWithPair(line) ? parsePairs(line, context) : undefined),
};

function parsePairs(line: string, context: ParseContext): LogRecord | undefined {
  const fields: Record<string, unknown> = {};
  let words = 0;
  const read = readLogfmt(line, (key, value, isQuoted) => {
    if (value === null) words++;
    setAttr(fields, key, value === null ? true : isQuoted ? value : typed(value));
  });
  if (!read.ok || words * 2 > read.value) return undefined;
  if (typeof fields.date === "string" && typeof fields.time === "string") joinDate(fields, fields.date, fields.time);
  const record = recordOfFields({ fields, line }, context);
  putOtherTime(record, context);
  record.parser = "logfmt";
  return record;
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
  if (value === "true") return true;
  if (value === "false") return false;
  const first = value.charCodeAt(0);
  if (first !== 45 && !(first >= 48 && first <= 57)) return value;
  const number = Number(value);
  return String(number) === value && Number.isFinite(number) ? number : value;
}
