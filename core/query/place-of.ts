import type { Field } from "./fields.ts";
import { Scanner } from "./scanner.ts";

/** What is being typed at a cursor. `from` and `to` are the part of the text that a choice takes the place of. */
export interface Place {
  /** `name`: the name of a field, or a word. `has`: the name of a field after `has:`. `value`: of `field`. `text`: in a phrase. */
  kind: "name" | "has" | "value" | "text";
  field?: Field;
  from: number;
  to: number;
  /** From `from` up to the cursor, without the quote that it begins with. */
  typed: string;
}

/** Where in a filter a cursor stands; the text need not be complete, nor right. */
export function placeOf(text: string, cursor: number): Place {
  return new Walk(text, cursor).place();
}

class Walk {
  readonly #scanner: Scanner;
  readonly #cursor: number;
  /** The field that values belong to, for each open parenthesis. */
  readonly #fields: (Field | undefined)[] = [];
  #place: Place | undefined;

  constructor(text: string, cursor: number) {
    this.#scanner = new Scanner(text);
    this.#cursor = cursor;
  }

  place(): Place {
    const scanner = this.#scanner;
    while (this.#place === undefined) {
      scanner.skipSpaces();
      if (scanner.isAtEnd() || scanner.at > this.#cursor) return this.#emptyPlace();
      if (scanner.take("(")) this.#fields.push(this.#field);
      else if (scanner.take(")")) this.#fields.pop();
      else if (!scanner.take("-")) this.#term();
    }
    return this.#place;
  }

  get #field(): Field | undefined {
    return this.#fields[this.#fields.length - 1];
  }

  #emptyPlace(): Place {
    const field = this.#field;
    return {
      kind: field === undefined ? "name" : "value",
      ...(field && { field }),
      from: this.#cursor,
      to: this.#cursor,
      typed: "",
    };
  }

  #term(): void {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (this.#field !== undefined) this.#value(this.#field);
    else if (scanner.peek() === '"') this.#written("text");
    else if (scanner.take("has:")) {
      if (this.#cursor < scanner.at) this.#found("name", start);
      else this.#written("has");
    } else {
      const field = scanner.fieldBeforeColon();
      if (field === undefined) this.#written("name");
      else if (this.#cursor < scanner.at) this.#found("name", start);
      else this.#value(field);
    }
  }

  #value(field: Field): void {
    const scanner = this.#scanner;
    if (scanner.take("(")) this.#fields.push(field);
    else if (scanner.take("[") || scanner.take("{")) this.#range(field);
    else {
      if (scanner.take(">") || scanner.take("<")) scanner.take("=");
      this.#written("value", field);
    }
  }

  #range(field: Field): void {
    const scanner = this.#scanner;
    while (this.#place === undefined && !scanner.take("]") && !scanner.take("}")) {
      scanner.skipSpaces();
      if (scanner.isAtEnd() || scanner.peek() === "(" || scanner.peek() === ")") return;
      if (!scanner.takeWord("TO")) this.#written("value", field, "]}");
    }
  }

  /** A phrase or a bare word; it is the place if the cursor touches it, of a closed phrase if it is inside. */
  #written(kind: Place["kind"], field?: Field, stops?: string): void {
    const scanner = this.#scanner;
    const start = scanner.at;
    const isQuoted = scanner.peek() === '"';
    const isClosed = isQuoted ? scanner.quoted() !== undefined : scanner.bare(stops) === undefined;
    if (this.#cursor <= scanner.at && !(isClosed && this.#cursor === scanner.at)) this.#found(kind, start, field);
  }

  #found(kind: Place["kind"], from: number, field?: Field): void {
    const { text, at } = this.#scanner;
    const typed = text.slice(from, Math.max(from, this.#cursor)).replace(/^"/, "");
    this.#place = { kind, ...(field && { field }), from, to: at, typed };
  }
}
