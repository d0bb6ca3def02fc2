import { NO_TEXTS, pickTexts, textAt } from "./parquet/plain-texts.ts";
import { NO_TEXT, type TextData } from "./parquet/write-chunk.ts";
import { TextDictionary } from "./text-dictionary.ts";

/** A column of texts: of each row the number of its text, NO_TEXT where it has none. */
export class TextCoder {
  readonly dictionary = new TextDictionary();
  #codes = new Uint32Array(0);
  #last: string | undefined;
  #lastCode = 0;
  /** Of the texts that were asked for: a value of many minutes is asked for in each of them. */
  readonly #texts: (string | undefined)[] = [];

  put(row: number, text: string): void {
    // Most methods, protocols and countries are that of the line before.
    if (text !== this.#last) {
      this.#last = text;
      this.#lastCode = this.dictionary.codeOf(text);
    }
    this.putCode(row, this.#lastCode);
  }

  putCode(row: number, code: number): void {
    if (row >= this.#codes.length) this.#grow(row + 1);
    this.#codes[row] = code;
  }

  /** The number of a row's text, or NO_TEXT. */
  at(row: number): number {
    return row < this.#codes.length ? this.#codes[row]! : NO_TEXT;
  }

  /** The text that a number stands for. */
  textOf(code: number): string {
    const known = this.#texts[code];
    if (known !== undefined) return known;
    const text = textAt(this.dictionary.texts(), code);
    this.#texts[code] = text;
    return text;
  }

  /**
   * The column of these rows in this order, with the texts that they have; undefined where they have none.
   *
   * @param order undefined: all rows up to `count`, as they are
   */
  take(order: Uint32Array | undefined, count: number): TextData | undefined {
    if (this.dictionary.count === 0) return undefined;
    if (order === undefined) {
      if (this.#codes.length < count) this.#grow(count);
      return { texts: this.dictionary.texts(), codes: this.#codes.subarray(0, count) };
    }
    const codes = new Uint32Array(order.length);
    const place = new Uint32Array(this.dictionary.count).fill(NO_TEXT);
    const used = new Uint32Array(Math.min(this.dictionary.count, order.length));
    const own = this.#codes;
    let next = 0;
    for (let at = 0; at < order.length; at++) {
      const row = order[at]!;
      const code = row < own.length ? own[row]! : NO_TEXT;
      if (code === NO_TEXT) {
        codes[at] = NO_TEXT;
        continue;
      }
      let to = place[code]!;
      if (to === NO_TEXT) {
        to = next++;
        place[code] = to;
        used[to] = code;
      }
      codes[at] = to;
    }
    const texts = next === 0 ? NO_TEXTS : pickTexts(this.dictionary.texts(), used.subarray(0, next));
    return { texts, codes };
  }

  #grow(length: number): void {
    const grown = new Uint32Array(Math.max(length, this.#codes.length * 2, 64)).fill(NO_TEXT);
    grown.set(this.#codes);
    this.#codes = grown;
  }
}
