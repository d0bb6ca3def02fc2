import { flatText } from "../../flat-text.ts";
import type { Codec } from "./format.ts";
import { utf8 } from "./utf8.ts";

/** A longer page is looked at a piece of this size at a time: as one text it would be in memory twice. */
export const PIECE_BYTES = 1_000_000;

/** Some of the texts of a page that stand one after the other. */
export interface TextPiece {
  /** One character a byte: what stands at `places.starts[n] - offset` is text n in UTF-8. */
  page: string;
  /** Of its first character in the page. */
  offset: number;
  from: number;
  to: number;
}

/** The texts of a plain page, each decoded when it is asked for. */
export class TextValues {
  readonly count: number;
  /** The page. */
  readonly bytes: Uint8Array;
  readonly #codec: Codec;
  #places: { starts: Uint32Array; ends: Uint32Array } | undefined;
  #page: string | undefined;
  readonly #known: (string | undefined)[] = [];

  constructor(bytes: Uint8Array, count: number, codec: Codec) {
    this.bytes = bytes;
    this.#codec = codec;
    this.count = count;
  }

  /** Where each text stands in the page. Most pages are searched and hold nothing: theirs is never asked. */
  get places(): { starts: Uint32Array; ends: Uint32Array } {
    this.#places ??= placesIn(this.bytes, this.count);
    return this.#places;
  }

  /** To be kept: it holds on to nothing else. */
  at(index: number): string {
    this.#known[index] ??= flatText(this.peek(index));
    return this.#known[index];
  }

  /** To be looked at only: it may keep the whole page in memory. */
  peek(index: number): string {
    const known = this.#known[index];
    if (known !== undefined) return known;
    const { starts, ends } = this.places;
    const [start, end] = [starts[index]!, ends[index]!];
    if (this.bytes.length > PIECE_BYTES) return utf8.decode(this.bytes.subarray(start, end));
    this.#page ??= this.#codec.binaryText(this.bytes);
    const text = this.#page.slice(start, end);
    return HIGH.test(text) ? utf8.decode(this.bytes.subarray(start, end)) : text;
  }

  /** The page in pieces of whole texts; one piece where it is short. */
  *pieces(): Generator<TextPiece> {
    if (this.bytes.length <= PIECE_BYTES) {
      this.#page ??= this.#codec.binaryText(this.bytes);
      yield { page: this.#page, offset: 0, from: 0, to: this.count };
      return;
    }
    const { starts, ends } = this.places;
    for (let from = 0, to = 0; from < this.count; from = to) {
      const offset = starts[from]!;
      while (to < this.count && (to === from || ends[to]! - offset <= PIECE_BYTES)) to++;
      yield { page: this.#codec.binaryText(this.bytes.subarray(offset, ends[to - 1]!)), offset, from, to };
    }
  }
}

function placesIn(bytes: Uint8Array, count: number): { starts: Uint32Array; ends: Uint32Array } {
  const [starts, ends] = [new Uint32Array(count), new Uint32Array(count)];
  let end = 0;
  for (let at = 0; at < count; at++) {
    if (end + 4 > bytes.length) throw new RangeError("the bytes end too early");
    const length = bytes[end]! | (bytes[end + 1]! << 8) | (bytes[end + 2]! << 16) | (bytes[end + 3]! << 24);
    starts[at] = end + 4;
    end += 4 + (length >>> 0);
    ends[at] = end;
  }
  return { starts, ends };
}

const HIGH = /[\x80-\xff]/;
