import { type Attribute, type Field, fieldNamed, isAttribute, MAX_ATTRIBUTE_PARTS } from "./fields.ts";
import type { Pattern } from "./filter.ts";

export interface Problem {
  /** Place in the text, in UTF-16 units from 1, as a text field counts. */
  column: number;
  /** What should have stood there. */
  expected: string;
}

/** A value as written: `text` is what was meant letter by letter, `pattern` takes each bare `*` as a gap. */
export interface Written {
  start: number;
  text: string;
  pattern: Pattern;
}

const SPACE = /\s/;
const ALPHANUMERIC = /[A-Za-z0-9]/;
const ENDS_BARE = /[\s()"]/;
const NAME = /[\p{L}_$@][\p{L}\p{N}_$.-]*/uy;
/** Of an attribute's name between two dots: whatever is not needed to see its end. */
const ATTRIBUTE_PART = /[^\s:"()[\]{}*\\<>=,.]+/y;

export const isSpace = (char: string): boolean => SPACE.test(char);

/** Walks through the text of a filter, from token to token. Remembers the first thing that went wrong. */
export class Scanner {
  readonly text: string;
  at = 0;
  problem: Problem | undefined;

  constructor(text: string) {
    this.text = text;
  }

  fail(expected: string, start = this.at): undefined {
    this.problem ??= { column: start + 1, expected };
    return undefined;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  skipSpaces(): void {
    while (!this.isAtEnd() && isSpace(this.peek())) this.at++;
  }

  /** Steps over `expected` if it stands here. */
  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  /** Whether the word stands here on its own. */
  isWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    const end = this.at + word.length;
    return end === this.text.length || ENDS_BARE.test(this.text.charAt(end));
  }

  takeWord(word: string): boolean {
    return this.isWord(word) && this.take(word);
  }

  /** Text between quotes, where `\"` and `\\` are a quote and a backslash; it is never a pattern. */
  quoted(): Written | undefined {
    const start = this.at++;
    let text = "";
    for (let from = this.at; ; this.at++) {
      if (this.isAtEnd()) return this.fail("a closing quote");
      const next = this.text.charAt(this.at + 1);
      if (this.peek() === '"') {
        text += this.text.slice(from, this.at++);
        return { start, text, pattern: [text] };
      }
      if (this.peek() === "\\" && (next === '"' || next === "\\")) {
        text += this.text.slice(from, this.at++);
        from = this.at;
      }
    }
  }

  /**
   * Text up to a space, a parenthesis or a quote, or one of the characters in `ends`. A backslash takes away the meaning
   * of the character after it, unless that is a letter or a digit: `C:\temp` stays as it is.
   */
  bare(ends = ""): Written {
    const start = this.at;
    const pattern: string[] = [];
    let piece = "";
    let text = "";
    while (!this.isAtEnd() && !ENDS_BARE.test(this.peek()) && !(ends !== "" && ends.includes(this.peek()))) {
      const next = this.text.charAt(this.at + 1);
      if (this.peek() === "*") {
        pattern.push(piece);
        piece = "";
      } else {
        if (this.peek() === "\\" && next !== "" && !ALPHANUMERIC.test(next)) this.at++;
        piece += this.peek();
      }
      text += this.peek();
      this.at++;
    }
    pattern.push(piece);
    return { start, text, pattern };
  }

  /** The field that is named here with a colon after it, which is stepped over too; undefined where words begin. */
  fieldBeforeColon(): Field | undefined {
    const start = this.at;
    const field = this.#field();
    if (field !== undefined && this.take(":") && !this.#isOrdinaryText(field, start))
      return this.#bounded(field, start);
    this.at = start;
    return undefined;
  }

  /** The field that is named as a value, as after `has:`. */
  fieldAsValue(): Field | undefined {
    const start = this.at;
    const field = this.#field();
    if (field !== undefined && (this.isAtEnd() || ENDS_BARE.test(this.peek()))) return this.#bounded(field, start);
    return this.fail("the name of a field", start);
  }

  /** An unknown name is that of an attribute. */
  #field(): Field | undefined {
    if (this.take("attrs.")) return this.#attribute();
    const name = this.#match(NAME);
    if (name === undefined) return undefined;
    const parts = name.split(".");
    return fieldNamed(name) ?? (parts.includes("") ? undefined : { attribute: parts });
  }

  #bounded(field: Field, start: number): Field | undefined {
    if (!isAttribute(field) || field.attribute.length <= MAX_ATTRIBUTE_PARTS) return field;
    return this.fail(`a name of at most ${MAX_ATTRIBUTE_PARTS} parts`, start);
  }

  #attribute(): Attribute | undefined {
    const parts: string[] = [];
    do {
      const part = this.peek() === '"' ? this.quoted()?.text : this.#match(ATTRIBUTE_PART);
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.take("."));
    return { attribute: parts };
  }

  /** `https://…`, `std::string` and `C:\dir` are words, though a name and a colon begin them. */
  #isOrdinaryText(field: Field, start: number): boolean {
    if (!isAttribute(field) || this.text.startsWith("attrs.", start)) return false;
    return this.peek() === ":" || this.peek() === "\\" || this.text.startsWith("//", this.at);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
