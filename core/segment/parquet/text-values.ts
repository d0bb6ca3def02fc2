import { ByteReader } from "./byte-reader.ts";
import type { Codec } from "./format.ts";

/** A text may begin with a byte order mark, and keeps it. */
const decoder = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

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
