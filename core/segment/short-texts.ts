import { DIFFERENCE_NUMBERS, FIRST_CHAR, METHODS, PROTOCOLS, shortOfPlace } from "../short-cells.ts";
import { LENGTH_BYTES, type PlainTexts } from "./parquet/plain-texts.ts";
import { NO_TEXT } from "./parquet/write-chunk.ts";
import type { TextCoder } from "./text-coder.ts";
import { hashOf, TextDictionary } from "./text-dictionary.ts";

/** Cells of the short form (core/short-cells.ts): puts into a column the text that a cell stands for. */
export interface ShortTexts {
  /** Of the cells as they stand in the rows. */
  readonly dictionary: TextDictionary;
  putCode(row: number, code: number): void;
}

export const shortMethods = (methods: TextCoder): ShortTexts => new CodedTexts(methods, METHODS);
export const shortProtocols = (protocols: TextCoder): ShortTexts => new CodedTexts(protocols, PROTOCOLS);

class CodedTexts implements ShortTexts {
  readonly dictionary = new TextDictionary();
  readonly #coder: TextCoder;
  readonly #texts: readonly string[];
  /** The text's number in the column, by the number of the cell, which is its place in the list. */
  readonly #codes: number[] = [];

  constructor(coder: TextCoder, texts: readonly string[]) {
    this.#coder = coder;
    this.#texts = texts;
    for (let place = 0; place < texts.length; place++) this.dictionary.codeOf(shortOfPlace(place));
  }

  putCode(row: number, place: number): void {
    const text = this.#texts[place];
    if (text === undefined) return;
    this.#codes[place] ??= this.#coder.dictionary.codeOf(text);
    this.#coder.putCode(row, this.#codes[place]!);
  }
}

/** Templates out of how they differ from their paths, without making strings; the path of a row has to be put before. */
export class ShortTemplates implements ShortTexts {
  readonly dictionary = new TextDictionary();
  readonly #templates: TextCoder;
  readonly #paths: TextCoder;
  /** By number of a path: the difference that came with it last plus one, and the template that both make. */
  #made = new Uint32Array(0);
  #bytes = new Uint8Array(256);
  #length = 0;

  constructor(templates: TextCoder, paths: TextCoder) {
    this.#templates = templates;
    this.#paths = paths;
  }

  putCode(row: number, difference: number): void {
    const path = this.#paths.at(row);
    if (path === NO_TEXT) {
      this.#templates.putCode(row, this.#codeOf(path, difference));
      return;
    }
    const at = path * 2;
    if (at >= this.#made.length) this.#growMade(at);
    if (this.#made[at] !== difference + 1) {
      this.#made[at + 1] = this.#codeOf(path, difference);
      this.#made[at] = difference + 1;
    }
    this.#templates.putCode(row, this.#made[at + 1]!);
  }

  #growMade(at: number): void {
    const grown = new Uint32Array(Math.max(at * 2, 256));
    grown.set(this.#made);
    this.#made = grown;
  }

  /** The steps of `templateFrom` on UTF-8. */
  #codeOf(pathCode: number, differenceCode: number): number {
    const paths = this.#paths.dictionary.texts();
    const [from, to] = pathCode === NO_TEXT ? [0, 0] : placeOf(paths, pathCode);
    const differences = this.dictionary.texts();
    const [start, end] = placeOf(differences, differenceCode);
    let at = start;
    const numbers = [0, 0, 0];
    for (let n = 0; n < DIFFERENCE_NUMBERS; n++) {
      const next = afterChars(differences.page, at, end, 1);
      numbers[n] = charAt(differences.page, at) - FIRST_CHAR;
      at = next;
    }
    const [same, tailAt, tail] = numbers as [number, number, number];
    this.#length = 0;
    this.#put(paths.page, from, afterChars(paths.page, from, to, same));
    this.#put(differences.page, at, end);
    if (tailAt > 0) {
      const tailFrom = afterChars(paths.page, from, to, tailAt - 1);
      this.#put(paths.page, tailFrom, afterChars(paths.page, tailFrom, to, tail));
    }
    return this.#templates.dictionary.codeOfBytes(this.#bytes, 0, this.#length, hashOf(this.#bytes, 0, this.#length));
  }

  #put(bytes: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    for (let at = from, own = this.#length; at < to; at++, own++) this.#bytes[own] = bytes[at]!;
    this.#length = length;
  }
}

const placeOf = ({ starts }: PlainTexts, code: number): [from: number, to: number] => [
  starts[code]! + LENGTH_BYTES,
  starts[code + 1]!,
];

/** Where the characters after the first `count` begin: bytes 10xxxxxx go on with one. */
function afterChars(bytes: Uint8Array, from: number, to: number, count: number): number {
  let at = from;
  for (let left = count; left > 0 && at < to; left--) {
    at++;
    while (at < to && (bytes[at]! & 0xc0) === 0x80) at++;
  }
  return at;
}

/** A character of one to three bytes. */
function charAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return first;
  if (first < 0xe0) return ((first & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
  return ((first & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
}
