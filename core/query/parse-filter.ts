import type { Field } from "./fields.ts";
import { andOf, type Filter, notOf, orOf, termsOf } from "./filter.ts";
import { readComparison, readHas, readRange, readText, readValue } from "./read-value.ts";
import { isSpace, type Problem, Scanner } from "./scanner.ts";

/** Of the text, in UTF-16 units: with a watcher's other settings it then fits what a socket may remember (16 KB). */
export const MAX_FILTER_CHARS = 4_096;
/** Parentheses inside one another: with what they hold they stay below the database's 100 levels of an expression. */
export const MAX_FILTER_DEPTH = 16;
/** Every record of a live stream meets every condition of every watcher. */
export const MAX_FILTER_TERMS = 100;

export interface FilterRefusal extends Problem {
  ok: false;
  reason: "invalid_filter";
  /** `column 12: expected a value after ':'` */
  detail: string;
}

export type ParsedFilter = { ok: true; value: Filter } | FilterRefusal;

/**
 * Reads the filter language (docs/filter-language.md). Empty text is the filter that every record passes.
 *
 * Any text is read or refused; the refusal points at the first character that cannot be.
 */
export function parseFilter(text: string): ParsedFilter {
  const scanner = new Scanner(text);
  const filter = readFilter(scanner);
  if (filter !== undefined && scanner.problem === undefined) return { ok: true, value: filter };
  const { column, expected } = scanner.problem!;
  return { ok: false, reason: "invalid_filter", detail: `column ${column}: expected ${expected}`, column, expected };
}

function readFilter(scanner: Scanner): Filter | undefined {
  const { text } = scanner;
  if (text.length > MAX_FILTER_CHARS) return scanner.fail(`at most ${MAX_FILTER_CHARS} characters`, MAX_FILTER_CHARS);
  const nul = text.indexOf("\0");
  if (nul >= 0) return scanner.fail("no NUL character", nul);
  scanner.skipSpaces();
  if (scanner.isAtEnd()) return andOf([]);
  const filter = new Grammar(scanner).or(undefined, 0);
  if (filter === undefined) return undefined;
  if (!scanner.isAtEnd()) return scanner.fail("a term");
  if (termsOf(filter) > MAX_FILTER_TERMS) return scanner.fail(`at most ${MAX_FILTER_TERMS} conditions`, 0);
  return filter;
}

/** Recursive descent: or → and → not → term. Inside `field:( … )` every term is a value of `field`. */
class Grammar {
  readonly #scanner: Scanner;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  or(field: Field | undefined, depth: number): Filter | undefined {
    const parts: Filter[] = [];
    do {
      const part = this.#and(field, depth);
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.#scanner.takeWord("OR"));
    return orOf(parts);
  }

  /** Ends before `OR`, before `)` and at the end of the text. */
  #and(field: Field | undefined, depth: number): Filter | undefined {
    const scanner = this.#scanner;
    const parts: Filter[] = [];
    do {
      const part = this.#not(field, depth);
      if (part === undefined) return undefined;
      parts.push(part);
      scanner.skipSpaces();
    } while (scanner.takeWord("AND") || !(scanner.isAtEnd() || scanner.peek() === ")" || scanner.isWord("OR")));
    return andOf(parts);
  }

  #not(field: Field | undefined, depth: number): Filter | undefined {
    const scanner = this.#scanner;
    let isNegated = false;
    for (;;) {
      scanner.skipSpaces();
      if (scanner.takeWord("NOT")) isNegated = !isNegated;
      else if (scanner.take("-")) {
        if (scanner.isAtEnd() || isSpace(scanner.peek())) return scanner.fail("a term right after '-'");
        isNegated = !isNegated;
      } else break;
    }
    const term = this.#term(field, depth);
    return term !== undefined && isNegated ? notOf(term) : term;
  }

  #term(field: Field | undefined, depth: number): Filter | undefined {
    const scanner = this.#scanner;
    if (scanner.isAtEnd()) return scanner.fail("a term");
    for (const word of ["AND", "OR"]) if (scanner.isWord(word)) return scanner.fail(`a term before ${word}`);
    if (scanner.peek() === ")") return scanner.fail("a term");
    if (scanner.peek() === "(") return this.#group(field, depth);
    if (field !== undefined) return this.#value(field, depth);
    return this.#fieldTerm(depth) ?? (scanner.problem === undefined ? this.#words() : undefined);
  }

  #group(field: Field | undefined, depth: number): Filter | undefined {
    const scanner = this.#scanner;
    if (depth === MAX_FILTER_DEPTH) return scanner.fail(`at most ${MAX_FILTER_DEPTH} parentheses inside one another`);
    scanner.at++;
    const inner = this.or(field, depth + 1);
    if (inner === undefined) return undefined;
    return scanner.take(")") ? inner : scanner.fail("')'");
  }

  #words(): Filter | undefined {
    const scanner = this.#scanner;
    if (scanner.peek() !== '"') return readText(scanner, scanner.bare());
    const phrase = scanner.quoted();
    if (phrase === undefined) return undefined;
    if (phrase.text === "") return scanner.fail("text between the quotes", phrase.start);
    if (scanner.peek() === ":") return scanner.fail("a space after the quoted text");
    return readText(scanner, phrase);
  }

  #fieldTerm(depth: number): Filter | undefined {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (scanner.take("has:")) return readHas(scanner);
    if (scanner.take("attrs:")) return scanner.fail("'.' and a name after 'attrs'", start + "attrs".length);
    const named = scanner.fieldBeforeColon();
    return named === undefined ? undefined : this.#value(named, depth);
  }

  #value(field: Field, depth: number): Filter | undefined {
    const scanner = this.#scanner;
    switch (scanner.peek()) {
      case "(":
        return this.#group(field, depth);
      case "[":
      case "{":
        return readRange(scanner, field);
      case ">":
      case "<":
        return readComparison(scanner, field);
      default:
        return readValue(scanner, field);
    }
  }
}
