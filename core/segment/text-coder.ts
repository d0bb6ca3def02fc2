import { NO_TEXT, type TextData } from "./parquet/write-chunk.ts";

/** Gives each different text of a column a number. */
export class TextCoder {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();
  #codes = new Uint32Array(4_096).fill(NO_TEXT);
  #last: string | undefined;
  #lastCode = 0;

  put(row: number, text: string): void {
    // Most methods, protocols and countries are that of the line before.
    if (text !== this.#last) {
      this.#last = text;
      this.#lastCode = this.codeOf(text);
    }
    this.putCode(row, this.#lastCode);
  }

  /** The number of a text, a new one if need be. */
  codeOf(text: string): number {
    let code = this.#known.get(text);
    if (code === undefined) {
      code = this.texts.push(text) - 1;
      this.#known.set(text, code);
    }
    return code;
  }

  putCode(row: number, code: number): void {
    if (row >= this.#codes.length) this.#grow(row + 1);
    this.#codes[row] = code;
  }

  /** The column of these rows, in this order, with the texts that they have. */
  take(order: Uint32Array): TextData {
    const codes = new Uint32Array(order.length);
    const place = new Uint32Array(this.texts.length).fill(NO_TEXT);
    const texts: string[] = [];
    for (let at = 0; at < order.length; at++) {
      const row = order[at]!;
      const code = row < this.#codes.length ? this.#codes[row]! : NO_TEXT;
      if (code === NO_TEXT) {
        codes[at] = NO_TEXT;
        continue;
      }
      if (place[code] === NO_TEXT) place[code] = texts.push(this.texts[code]!) - 1;
      codes[at] = place[code]!;
    }
    return { texts, codes };
  }

  #grow(length: number): void {
    const grown = new Uint32Array(Math.max(length, this.#codes.length * 2)).fill(NO_TEXT);
    grown.set(this.#codes);
    this.#codes = grown;
  }
}
