import { LEVELS, type Level, type LogRecord } from "../record.ts";
import { numberOfScalar, someAttribute, someScalar, textOfScalar } from "./attribute-value.ts";
import { cheapestFirst } from "./cost-of.ts";
import { type Field, isAttribute } from "./fields.ts";
import type { Filter, Pattern } from "./filter.ts";
import { definiteLimits, limitsTest } from "./limits.ts";
import { networkTest } from "./network-test.ts";
import { NUMBER_OF, type NumberFieldName, TEXT_OF, type TextFieldName } from "./read-field.ts";
import { numberOfText } from "./read-limits.ts";
import { insideJson, searchesIp } from "./search-text.ts";
import { containsTest, equalsTest } from "./text-test.ts";

export type Predicate = (record: LogRecord, service: string) => boolean;

/**
 * A filter as a function. The database gives the same answer (sql-of.ts); a property test holds them together.
 *
 * @param nowMs what relative times count from; for a live stream the time at which the watcher came
 */
export function predicateOf(filter: Filter, nowMs: number): Predicate {
  switch (filter.kind) {
    case "all":
      return () => true;
    case "and":
      return every(cheapestFirst(filter.parts).map((part) => predicateOf(part, nowMs)));
    case "or":
      return some(cheapestFirst(filter.parts).map((part) => predicateOf(part, nowMs)));
    case "not": {
      const test = predicateOf(filter.part, nowMs);
      return (record, service) => !test(record, service);
    }
    case "text":
      return searchOf(filter.pattern);
    case "has":
      return hasOf(filter.field);
    case "is":
      return isOf(filter.field, filter.pattern);
    case "within":
      return withinOf(filter.field, limitsTest(filter));
    case "when": {
      const test = limitsTest(definiteLimits(filter, nowMs));
      return (record) => test(record.tsMs);
    }
    case "network": {
      const test = networkTest(filter);
      return ({ ip }) => ip !== undefined && test(ip);
    }
  }
}

function every(tests: readonly Predicate[]): Predicate {
  return (record, service) => {
    for (const test of tests) if (!test(record, service)) return false;
    return true;
  };
}

function some(tests: readonly Predicate[]): Predicate {
  return (record, service) => {
    for (const test of tests) if (test(record, service)) return true;
    return false;
  };
}

/** The fields of SEARCHED_FIELDS, `attrs`, and `ip` where it could hold such a text. */
function searchOf(pattern: Pattern): Predicate {
  const found = containsTest(pattern);
  const foundInJson = containsTest(pattern.map(insideJson));
  const mayBeIp = searchesIp(pattern);
  return ({ message, path, referrer, userAgent, raw, ip, attrs }) =>
    (message !== undefined && found(message)) ||
    (path !== undefined && found(path)) ||
    (referrer !== undefined && found(referrer)) ||
    (userAgent !== undefined && found(userAgent)) ||
    (raw !== undefined && found(raw)) ||
    (mayBeIp && ip !== undefined && found(ip)) ||
    (attrs !== undefined && foundInJson(JSON.stringify(attrs)));
}

function hasOf(field: Field): Predicate {
  if (isAttribute(field)) {
    const isThere = (value: unknown) => value !== null && value !== undefined;
    return ({ attrs }) => attrs !== undefined && someAttribute(attrs, field.attribute, isThere);
  }
  switch (field) {
    case "time":
      return () => true;
    case "level":
      return ({ level }) => level !== undefined;
    case "flags":
      return ({ flags }) => flags !== undefined && flags.length > 0;
    case "status":
    case "bytes":
    case "durationMs": {
      const read = NUMBER_OF[field];
      return (record) => read(record) !== undefined;
    }
    default: {
      const read = TEXT_OF[field];
      return (record, service) => read(record, service) !== undefined;
    }
  }
}

function isOf(field: Field, pattern: Pattern): Predicate {
  const equals = equalsTest(pattern);
  if (isAttribute(field)) return attributeIsOf(field.attribute, pattern, equals);
  if (field === "flags") return ({ flags }) => flags?.some(equals) ?? false;
  const read = TEXT_OF[field as TextFieldName];
  return (record, service) => {
    const text = read(record, service);
    return text !== undefined && equals(text);
  };
}

/** A number equals every way to write it: `42.0` is 42. */
function attributeIsOf(parts: readonly string[], pattern: Pattern, equals: (text: string) => boolean): Predicate {
  const number = pattern.length === 1 ? numberOfText(pattern[0]!) : undefined;
  const test = (value: unknown): boolean => {
    if (value === number && number !== undefined) return true;
    const text = textOfScalar(value);
    return text !== undefined && equals(text);
  };
  return ({ attrs }) => attrs !== undefined && someAttribute(attrs, parts, (value) => someScalar(value, test));
}

function withinOf(field: Field, isWithin: (value: number) => boolean): Predicate {
  if (isAttribute(field)) {
    const test = (value: unknown): boolean => {
      const number = numberOfScalar(value);
      return number !== undefined && isWithin(number);
    };
    return ({ attrs }) =>
      attrs !== undefined && someAttribute(attrs, field.attribute, (value) => someScalar(value, test));
  }
  if (field === "level") return ({ level }) => level !== undefined && isWithin(LEVEL_INDEX[level]);
  const read = NUMBER_OF[field as NumberFieldName];
  return (record) => {
    const number = read(record);
    return number !== undefined && isWithin(number);
  };
}

const LEVEL_INDEX = Object.fromEntries(LEVELS.map((level, index) => [level, index])) as Record<Level, number>;
