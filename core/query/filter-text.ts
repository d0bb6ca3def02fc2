import { LEVELS } from "../record.ts";
import { type Field, isAttribute, toSnakeCase } from "./fields.ts";
import type { Filter, Limits, Pattern } from "./filter.ts";
import { isIpv4 } from "./ip.ts";
import { timeTextOf } from "./time-text.ts";

/** Text that `parseFilter` reads as this filter: canonical, and as short as that allows. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case "all":
      return "";
    case "and":
      return filter.parts.map((part) => (part.kind === "or" ? `(${filterText(part)})` : filterText(part))).join(" ");
    case "or":
      return filter.parts.map(filterText).join(" OR ");
    case "not":
      return `-${negatedText(filter.part)}`;
    case "text":
      return wordText(filter.pattern);
    case "has":
      return `has:${fieldText(filter.field)}`;
    case "is":
      return `${fieldText(filter.field)}:${valueText(filter.pattern)}`;
    case "within":
      return `${fieldText(filter.field)}:${numbersText(filter.field, filter)}`;
    case "when":
      return `time:${limitsText(filter, timeTextOf)}`;
    case "network":
      return `ip:${filter.address}${filter.bits === (isIpv4(filter.address) ? 32 : 128) ? "" : `/${filter.bits}`}`;
  }
}

function negatedText(part: Filter): string {
  if (part.kind === "all") return "*";
  return part.kind === "and" || part.kind === "or" ? `(${filterText(part)})` : filterText(part);
}

const PLAIN_PART = /^[^\s:"()[\]{}*\\<>=,.]+$/;

export const fieldText = (field: Field): string =>
  isAttribute(field)
    ? `attrs.${field.attribute.map((part) => (PLAIN_PART.test(part) ? part : quotedText(part))).join(".")}`
    : toSnakeCase(field);

const quotedText = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

const KEYWORD = /^(?:AND|OR|NOT)$/;
const NEEDS_QUOTES_AS_WORD = /[\s"()*\\:]|^-/;
const NEEDS_QUOTES_AS_VALUE = /[\s"()*\\]|^[<>[{]|^$/;

function wordText(pattern: Pattern): string {
  const [first = ""] = pattern;
  if (pattern.length > 1) return pattern.map(escapedText).join("*");
  return NEEDS_QUOTES_AS_WORD.test(first) || KEYWORD.test(first) ? quotedText(first) : first;
}

/** A value of a field, letter by letter, as it stands after the colon. */
export const plainValueText = (value: string): string => valueText([value]);

function valueText(pattern: Pattern): string {
  const [first = ""] = pattern;
  if (pattern.length > 1) return pattern.map(escapedText).join("*");
  return NEEDS_QUOTES_AS_VALUE.test(first) ? quotedText(first) : first;
}

/** Every character that could mean something, wherever it stands. */
const escapedText = (text: string): string => text.replace(/[\s"()*\\:<>[\]{}-]/g, "\\$&");

function numbersText(field: Field, { low, high }: Limits<number>): string {
  const isClosed = low?.inclusive && high?.inclusive;
  if (
    isClosed &&
    field === "status" &&
    low.value % 100 === 0 &&
    low.value >= 100 &&
    low.value <= 900 &&
    high.value === low.value + 99
  ) {
    return `${low.value / 100}xx`;
  }
  const write = field === "level" ? (index: number) => LEVELS[index]! : String;
  return limitsText({ low, high }, write, !isAttribute(field));
}

/** `mayEqual`: whether one plain value means the range that holds only it; of an attribute it asks for text too. */
function limitsText<Value>({ low, high }: Limits<Value>, write: (value: Value) => string, mayEqual = true): string {
  if (low === undefined) return `${high!.inclusive ? "<=" : "<"}${write(high!.value)}`;
  if (high === undefined) return `${low.inclusive ? ">=" : ">"}${write(low.value)}`;
  const [from, to] = [write(low.value), write(high.value)];
  if (mayEqual && from === to && low.inclusive && high.inclusive) return from;
  return `${low.inclusive ? "[" : "{"}${from} TO ${to}${high.inclusive ? "]" : "}"}`;
}
