import { FLAGS } from "../record.ts";
import { type Field, isAttribute, kindOf, toSnakeCase } from "./fields.ts";
import { type Filter, isOf, textOf } from "./filter.ts";
import { networkOf } from "./ip.ts";
import { canCompare, type Ends, limitedBy } from "./read-limits.ts";
import type { Scanner, Written } from "./scanner.ts";

/** Each gap is a search through the rest of the text. */
export const MAX_GAPS = 8;

const STATUS_CLASS = /^([1-9])xx$/i;

/** The field that `has:` asks for. */
export function readHas(scanner: Scanner): Filter | undefined {
  const field = scanner.fieldAsValue();
  return field === undefined ? undefined : { kind: "has", field };
}

/** A plain value, quoted or bare: equal to it, or like it where it has a `*`. */
export function readValue(scanner: Scanner, field: Field): Filter | undefined {
  const value = writtenOf(scanner, "a value after ':'");
  if (value === undefined) return undefined;
  if (!isBounded(scanner, value)) return undefined;
  const filter = isOf(field, value.pattern);
  return filter.kind === "has" ? filter : readTyped(scanner, field, value);
}

/** A word, or what stands between quotes: looked for in every text of a record. */
export function readText(scanner: Scanner, written: Written): Filter | undefined {
  return isBounded(scanner, written) ? textOf(written.pattern) : undefined;
}

function isBounded(scanner: Scanner, { pattern, start }: Written): boolean {
  if (pattern.length > MAX_GAPS + 1) scanner.fail(`at most ${MAX_GAPS} '*' in a value`, start);
  return pattern.length <= MAX_GAPS + 1;
}

function readTyped(scanner: Scanner, field: Field, value: Written): Filter | undefined {
  switch (kindOf(field)) {
    case "number":
    case "level":
    case "time":
      return statusClassOf(field, value) ?? limitedBy(scanner, field, ends(value, true, value, true));
    case "flags":
      if (FLAGS.some((flag) => flag === value.text)) return isOf(field, value.pattern);
      return scanner.fail(`a flag: ${FLAGS.join(", ")}`, value.start);
    case "ip":
      return addressOf(scanner, field, value);
    default:
      return isOf(field, value.pattern);
  }
}

function statusClassOf(field: Field, { text }: Written): Filter | undefined {
  const digit = field === "status" && STATUS_CLASS.exec(text)?.[1];
  if (!digit) return undefined;
  const first = Number(digit) * 100;
  return {
    kind: "within",
    field,
    low: { value: first, inclusive: true },
    high: { value: first + 99, inclusive: true },
  };
}

function addressOf(scanner: Scanner, field: Field, value: Written): Filter | undefined {
  const network = networkOf(value.text);
  if (network) return { kind: "network", ...network };
  if (value.text.includes("/")) return scanner.fail("a network, such as 10.0.0.0/8 or 2001:db8::/32", value.start);
  return isOf(field, value.pattern);
}

/** `>5`, `>=5`, `<5`, `<=5`. */
export function readComparison(scanner: Scanner, field: Field): Filter | undefined {
  const start = scanner.at;
  const isLow = scanner.peek() === ">";
  scanner.at++;
  const isInclusive = scanner.take("=");
  const operator = scanner.text.slice(start, scanner.at);
  if (!canCompare(field)) return failUncomparable(scanner, field, start);
  const value = writtenOf(scanner, `a value after '${operator}'`);
  if (value === undefined) return undefined;
  return limitedBy(scanner, field, isLow ? ends(value, isInclusive) : ends(undefined, false, value, isInclusive));
}

/** `[a TO b]` with its ends, `{a TO b}` without, mixed too; `*` leaves an end open. */
export function readRange(scanner: Scanner, field: Field): Filter | undefined {
  const start = scanner.at;
  const isLowInclusive = scanner.take("[") || !scanner.take("{");
  if (!canCompare(field)) return failUncomparable(scanner, field, start);
  const low = rangeEndOf(scanner);
  if (low === undefined) return undefined;
  scanner.skipSpaces();
  if (!scanner.takeWord("TO")) return scanner.fail("TO and the upper end of the range");
  const high = rangeEndOf(scanner);
  if (high === undefined) return undefined;
  scanner.skipSpaces();
  const isHighInclusive = scanner.take("]");
  if (!isHighInclusive && !scanner.take("}")) return scanner.fail("']' or '}'");
  return limitedBy(scanner, field, ends(unlessOpen(low), isLowInclusive, unlessOpen(high), isHighInclusive));
}

function rangeEndOf(scanner: Scanner): Written | undefined {
  scanner.skipSpaces();
  return writtenOf(scanner, "a value or '*'", "]}");
}

function writtenOf(scanner: Scanner, expected: string, stops?: string): Written | undefined {
  if (scanner.peek() === '"') return scanner.quoted();
  const value = scanner.bare(stops);
  return scanner.at === value.start ? scanner.fail(expected) : value;
}

/** `*` alone; a quoted star is not one. */
const unlessOpen = (end: Written): Written | undefined =>
  end.pattern.length === 2 && end.pattern.every((piece) => piece === "") ? undefined : end;

const ends = (low: Written | undefined, isLowInclusive: boolean, high?: Written, isHighInclusive = false): Ends => ({
  low: low && { value: low, inclusive: isLowInclusive },
  high: high && { value: high, inclusive: isHighInclusive },
});

function failUncomparable(scanner: Scanner, field: Field, start: number): undefined {
  const name = isAttribute(field) ? "" : toSnakeCase(field);
  return scanner.fail(
    `text or '*', as '${name}' has no order (quotes take '${scanner.text.charAt(start)}' as text)`,
    start,
  );
}
