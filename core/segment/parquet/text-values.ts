import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Codec } from "./format.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Texts as Parquet's plain encoding has them: a length of four bytes, then UTF-8. */
export function plainTexts(texts: readonly string[]): Uint8Array {
  const joined = texts.join("");
  const bytes = encoder.encode(joined);
  // One call for all of them; in ASCII, which nearly all is, lengths need no counting.
  const isAscii = bytes.length === joined.length;
  const writer = new ByteWriter(bytes.length + texts.length * 4);
  let at = 0;
  for (const text of texts) {
    const length = isAscii ? text.length : utf8Length(text);
    writer.uint32(length);
    writer.append(bytes.subarray(at, at + length));
    at += length;
  }
  return writer.bytes();
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x800) {
      // A pair of surrogates is two units and four bytes; a lone one becomes U+FFFD, three bytes.
      const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
      length += 2;
      if (isPair) at++;
    } else if (unit >= 0x80) length++;
  }
  return length;
}

/** The texts of a plain page, each decoded when it is asked for. */
export class TextValues {
  readonly count: number;
  /** The whole page, one character a byte: what stands at `starts[n]` to `ends[n]` is text n in UTF-8. */
  readonly page: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly #bytes: Uint8Array;
  readonly #known: (string | undefined)[] = [];

  constructor(bytes: Uint8Array, count: number, codec: Codec) {
    this.#bytes = bytes;
    this.count = count;
    this.page = codec.binaryText(bytes);
    this.starts = new Uint32Array(count);
    this.ends = new Uint32Array(count);
    const reader = new ByteReader(bytes);
    for (let at = 0; at < count; at++) {
      const length = reader.uint32();
      this.starts[at] = reader.at;
      reader.at += length;
      this.ends[at] = reader.at;
    }
  }

  at(index: number): string {
    const known = this.#known[index];
    if (known !== undefined) return known;
    const [start, end] = [this.starts[index]!, this.ends[index]!];
    let text = this.page.slice(start, end);
    if (HIGH.test(text)) text = decoder.decode(this.#bytes.subarray(start, end));
    this.#known[index] = text;
    return text;
  }
}

const HIGH = /[\x80-\xff]/;
