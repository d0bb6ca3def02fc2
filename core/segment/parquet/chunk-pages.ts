import { ByteWriter } from "./byte-writer.ts";
import { type ChunkInfo, type Codec, ENCODING, PAGE } from "./format.ts";
import { writeOneRun, writeRuns } from "./runs.ts";
import { writeStruct } from "./thrift.ts";

/** Below this a page is stored as it is: a zstd frame of it would not be shorter. */
const MIN_COMPRESSED_BYTES = 80;

/** Which rows have a value: 1 for each that has, 0 for the others. */
export type Levels = "all" | "none" | Uint32Array;

/** The pages of one column of a row group: a dictionary or none, and one page of data. */
export class ChunkPages {
  #dictionary: { bytes: Uint8Array; count: number } | undefined;
  #data = new ByteWriter(0);
  #encoding: number = ENCODING.plain;
  #count = 0;

  dictionary(bytes: Uint8Array, count: number): void {
    this.#dictionary = { bytes, count };
  }

  /**
   * @param levels which rows have a value; undefined where none can lack one
   * @param count of rows
   * @param write undefined where no row has a value
   */
  data(levels: Levels | undefined, count: number, encoding: number, write?: (page: ByteWriter) => void): void {
    this.#count = count;
    this.#encoding = encoding;
    this.#data = new ByteWriter(write ? count * 2 + 64 : 16);
    if (levels !== undefined) {
      const runs = new ByteWriter(64);
      if (typeof levels === "string") writeOneRun(runs, levels === "all" ? 1 : 0, count);
      else writeRuns(runs, levels, 1);
      this.#data.uint32(runs.length);
      this.#data.append(runs.bytes());
    }
    write?.(this.#data);
  }

  /** Appends the pages; `offset` is where the writer's first byte stands in the object. */
  writeTo(writer: ByteWriter, offset: number, codec: Codec): Omit<ChunkInfo, "values" | "nulls" | "min" | "max"> {
    const start = writer.length;
    const isCompressed = this.#data.length + (this.#dictionary?.bytes.length ?? 0) > MIN_COMPRESSED_BYTES;
    let plainBytes = 0;
    const add = (type: number, plain: Uint8Array, header: object): void => {
      const body = isCompressed ? codec.compress(plain) : plain;
      const before = writer.length;
      writeStruct(writer, { 1: { i32: type }, 2: { i32: plain.length }, 3: { i32: body.length }, ...header });
      plainBytes += writer.length - before + plain.length;
      writer.append(body);
    };
    if (this.#dictionary) {
      const { bytes, count } = this.#dictionary;
      add(PAGE.dictionary, bytes, { 7: { struct: { 1: { i32: count }, 2: { i32: ENCODING.plain } } } });
    }
    const dataAt = writer.length - start;
    add(PAGE.data, this.#data.bytes(), {
      5: {
        struct: {
          1: { i32: this.#count },
          2: { i32: this.#encoding },
          3: { i32: ENCODING.rle },
          4: { i32: ENCODING.rle },
        },
      },
    });
    return {
      offset: offset + start,
      bytes: writer.length - start,
      plainBytes,
      hasDictionary: this.#dictionary !== undefined,
      isCompressed,
      dataAt,
      encoding: this.#encoding,
    };
  }
}
