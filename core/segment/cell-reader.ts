import { utf8 } from "./parquet/utf8.ts";
import { HASH_SEED, hashedWord, hashOf, type TextDictionary } from "./text-dictionary.ts";
import { Unescaped } from "./unescaped.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const LETTER_N = 0x6e;
const NULL_BYTES = 4;
/** There is no cell any more in this row. */
export const END = -1;
const QUOTES = QUOTE * 0x01010101;
const BACKSLASHES = BACKSLASH * 0x01010101;
/** Not 0 where one of a word's bytes is. */
const zeroByte = (word: number): number => (word - 0x01010101) & ~word & 0x80808080;
/** So many digits fit an integer of 31 bits, which is counted faster than a double. */
const SHORT_DIGITS = 9;
/** A safe integer has no more; divided by a power of ten that is exact itself (up to 10^22) it gives the double nearest to it. */
const MAX_DIGITS = 16;
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * Reads a JSON array of arrays of texts, numbers and nulls, as `JSON.stringify` writes it, from its UTF-8: no string is made of a
 * text whose column knows it already.
 *
 * After `nextRow`, `nextCell` gives the place of each cell that is not null; `text`, `string` or `number` then takes it. All throw a
 * SyntaxError where something else stands.
 */
export class CellReader {
  #at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #unescaped = new Unescaped();
  #cell = -1;
  /** Whether the cell is a text; else it is a number. */
  isText = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = 0;
    this.#expect(OPEN);
  }

  nextRow(): boolean {
    const unit = this.#bytes[this.#at];
    if (unit === CLOSE) return false;
    if (unit === COMMA) this.#at++;
    this.#expect(OPEN);
    this.#cell = -1;
    return true;
  }

  /** Steps over what ends a cell, or a row, and over nulls: the next cell that has a value, or END. */
  nextCell(): number {
    const bytes = this.#bytes;
    for (;;) {
      let unit = bytes[this.#at];
      if (unit === CLOSE) {
        this.#at++;
        return END;
      }
      if (unit === COMMA) unit = bytes[++this.#at];
      this.#cell++;
      this.isText = unit === QUOTE;
      if (unit !== LETTER_N) return this.#cell;
      this.#at += NULL_BYTES;
    }
  }

  /** Takes a text: its number in the dictionary. */
  text(dictionary: TextDictionary): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const { length } = bytes;
    const from = this.#at + 1;
    let at = from;
    let hash = HASH_SEED;
    for (; at + 4 <= length; at += 4) {
      const word = view.getInt32(at, true);
      if ((zeroByte(word ^ QUOTES) | zeroByte(word ^ BACKSLASHES)) !== 0) break;
      hash = hashedWord(hash, word);
    }
    for (; at < length; at++) {
      const unit = bytes[at]!;
      if (unit === QUOTE) {
        this.#at = at + 1;
        return dictionary.codeOfBytes(bytes, from, at, hash);
      }
      if (unit === BACKSLASH) break;
      hash = hashedWord(hash, unit);
    }
    this.#at = this.#unescaped.read(bytes, from);
    const { bytes: own, length: end } = this.#unescaped;
    return dictionary.codeOfBytes(own, 0, end, hashOf(own, 0, end));
  }

  /** Takes a text as a string. */
  string(): string {
    this.#at = this.#unescaped.read(this.#bytes, this.#at + 1);
    return utf8.decode(this.#unescaped.bytes.subarray(0, this.#unescaped.length));
  }

  number(): number {
    const bytes = this.#bytes;
    const from = this.#at;
    let at = from;
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at++;
    const digitsAt = at;
    let whole = 0;
    let digit = bytes[at]! - ZERO;
    for (; digit >= 0 && digit <= 9 && at < digitsAt + SHORT_DIGITS; digit = bytes[++at]! - ZERO)
      whole = Math.imul(whole, 10) + digit;
    let value = whole;
    if (digit >= 0 && digit <= 9) {
      const restAt = at;
      let rest = 0;
      for (; digit >= 0 && digit <= 9 && at < restAt + SHORT_DIGITS; digit = bytes[++at]! - ZERO)
        rest = Math.imul(rest, 10) + digit;
      value = whole * POWERS[at - restAt]! + rest;
    }
    let digits = at - digitsAt;
    let decimals = 0;
    if (bytes[at] === DOT) {
      digit = bytes[++at]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        decimals++;
        digit = bytes[++at]! - ZERO;
      }
      digits += decimals;
    }
    const end = bytes[at];
    const isExact = digits > 0 && digits <= MAX_DIGITS && value <= Number.MAX_SAFE_INTEGER;
    if (!isExact || (end !== COMMA && end !== CLOSE)) return this.#anyNumber();
    this.#at = at;
    if (decimals > 0) value /= POWERS[decimals]!;
    return isNegative ? -value : value;
  }

  #anyNumber(): number {
    const from = this.#at;
    let at = from;
    while (at < this.#bytes.length && this.#bytes[at] !== COMMA && this.#bytes[at] !== CLOSE) at++;
    const value: unknown = JSON.parse(utf8.decode(this.#bytes.subarray(from, at)));
    if (typeof value !== "number") throw new SyntaxError(`malformed JSON of rows at byte ${from}`);
    this.#at = at;
    return value;
  }

  #expect(unit: number): void {
    if (this.#bytes[this.#at] !== unit) throw new SyntaxError(`malformed JSON of rows at byte ${this.#at}`);
    this.#at++;
  }
}
