import type { Field } from "./fields.ts";

/**
 * Text with gaps: anything may stand between two pieces, nothing too. `a*b` is `["a", "b"]`, plain text is one piece.
 * Case of ASCII letters never counts.
 */
export type Pattern = readonly string[];

/** Epoch milliseconds, or so long before the time at which the filter is asked (negative: after it). */
export type Moment = number | { agoMs: number };

export interface Bound<Value> {
  value: Value;
  inclusive: boolean;
}

/** At least one end is there. */
export interface Limits<Value> {
  low?: Bound<Value>;
  high?: Bound<Value>;
}

/**
 * A filter, read. Made by the functions below only, so that one meaning has one shape: no `and` holds an `and`, none
 * holds fewer than two parts, no `not` holds a `not`. Plain data: it may be stored as JSON.
 */
export type Filter =
  | { kind: "all" }
  | { kind: "and"; parts: readonly Filter[] }
  | { kind: "or"; parts: readonly Filter[] }
  | { kind: "not"; part: Filter }
  /** The pattern stands somewhere in the record's text, see search-text.ts. Its ends are not empty. */
  | { kind: "text"; pattern: Pattern }
  | { kind: "has"; field: Field }
  /** The field's whole text is the pattern. */
  | { kind: "is"; field: Field; pattern: Pattern }
  /** A number field, an attribute that is a number, or `level` by its place in LEVELS. */
  | ({ kind: "within"; field: Field } & Limits<number>)
  | ({ kind: "when" } & Limits<Moment>)
  /** `ip` begins with the first `bits` bits of an address. */
  | { kind: "network"; address: string; bits: number };

export const ALL: Filter = { kind: "all" };

export const matchesEverything = (filter: Filter): boolean => filter.kind === "all";

export function andOf(parts: readonly Filter[]): Filter {
  const flat = parts.flatMap((part) => (part.kind === "and" ? part.parts : part.kind === "all" ? [] : [part]));
  if (flat.length < 2) return flat[0] ?? ALL;
  return { kind: "and", parts: flat };
}

export function orOf(parts: readonly Filter[]): Filter {
  if (parts.some(matchesEverything)) return ALL;
  const flat = parts.flatMap((part) => (part.kind === "or" ? part.parts : [part]));
  return flat.length === 1 ? flat[0]! : { kind: "or", parts: flat };
}

export const notOf = (part: Filter): Filter => (part.kind === "not" ? part.part : { kind: "not", part });

/** The ends of a pattern that may stand anywhere say nothing; without text it is every record. */
export function textOf(pieces: Pattern): Filter {
  const pattern = pieces.filter((piece) => piece !== "");
  return pattern.length === 0 ? ALL : { kind: "text", pattern };
}

/** `*` alone asks whether the field is there. */
export function isOf(field: Field, pieces: Pattern): Filter {
  const last = pieces.length - 1;
  const pattern = pieces.filter((piece, at) => piece !== "" || at === 0 || at === last);
  return pattern.length === 2 && pattern.every((piece) => piece === "")
    ? { kind: "has", field }
    : { kind: "is", field, pattern };
}

/** How many conditions a filter has. */
export function termsOf(filter: Filter): number {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts.reduce((terms, part) => terms + termsOf(part), 0);
    case "not":
      return termsOf(filter.part);
    default:
      return 1;
  }
}
