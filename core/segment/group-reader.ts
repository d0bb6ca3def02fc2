import type { ColumnName, NumberColumnName, TextColumnName } from "./columns.ts";
import type { Footer } from "./parquet/footer.ts";
import type { ChunkInfo, Codec, ColumnDefinition } from "./parquet/format.ts";
import {
  type NumberColumn,
  readNumberColumn,
  readTextColumn,
  readTexts,
  type TextColumn,
} from "./parquet/read-chunk.ts";
import { TextValues } from "./parquet/text-values.ts";

/** Bytes of an object, in the order asked for. */
export type ReadRanges = (ranges: readonly { offset: number; bytes: number }[]) => Promise<Uint8Array[]>;

/** One row group of a segment, column by column. A column has to be loaded before it is looked at. */
export class GroupReader {
  readonly rows: number;
  readonly #chunks = new Map<string, { chunk: ChunkInfo; column: ColumnDefinition }>();
  readonly #loaded = new Set<string>();
  /** Of columns that are not decoded yet. */
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #dictionaries = new Map<string, TextValues | undefined>();
  readonly #texts = new Map<string, TextColumn>();
  readonly #numbers = new Map<string, NumberColumn>();
  readonly #read: ReadRanges;
  readonly #codec: Codec;

  constructor({ columns, groups }: Footer, group: number, read: ReadRanges, codec: Codec) {
    const { rows, chunks } = groups[group]!;
    this.rows = rows;
    this.#read = read;
    this.#codec = codec;
    for (const [at, column] of columns.entries()) this.#chunks.set(column.name, { chunk: chunks[at]!, column });
  }

  /** Fetches what is not there yet, in one go. */
  async load(names: Iterable<ColumnName>): Promise<void> {
    const missing = [...new Set(names)].filter((name) => !this.#loaded.has(name) && !this.isEmpty(name));
    if (missing.length === 0) return;
    const bytes = await this.#read(missing.map((name) => this.#chunks.get(name)!.chunk));
    for (const [at, name] of missing.entries()) {
      if (!this.#loaded.has(name)) this.#bytes.set(name, bytes[at]!);
      this.#loaded.add(name);
    }
  }

  /** Whether no row has a value; objects of earlier versions lack whole columns. */
  isEmpty(name: ColumnName): boolean {
    const known = this.#chunks.get(name);
    return known === undefined || known.chunk.nulls === known.chunk.values;
  }

  /** Of a column of numbers. */
  rangeOf(name: NumberColumnName): { min: number | undefined; max: number | undefined; hasGaps: boolean } {
    const known = this.#chunks.get(name)?.chunk;
    return { min: known?.min, max: known?.max, hasGaps: known === undefined || known.nulls > 0 };
  }

  /** The different texts of a column, each at least once. */
  dictionary(name: TextColumnName): TextValues {
    if (this.#texts.has(name)) return this.#texts.get(name)!.texts;
    if (!this.#dictionaries.has(name)) {
      const { chunk } = this.#chunks.get(name)!;
      this.#dictionaries.set(name, readTexts(this.#bytes.get(name)!, chunk, this.#codec));
    }
    return this.#dictionaries.get(name) ?? this.text(name).texts;
  }

  text(name: TextColumnName): TextColumn {
    let column = this.#texts.get(name);
    if (!column) {
      column = this.isEmpty(name) ? this.#emptyTexts() : this.#readTexts(name);
      this.#texts.set(name, column);
    }
    return column;
  }

  number(name: NumberColumnName): NumberColumn {
    let column = this.#numbers.get(name);
    if (!column) {
      column = this.isEmpty(name) ? new Float64Array(this.rows).fill(Number.NaN) : this.#readNumbers(name);
      this.#numbers.set(name, column);
    }
    return column;
  }

  #readTexts(name: TextColumnName): TextColumn {
    const { chunk, column } = this.#chunks.get(name)!;
    const bytes = this.#bytes.get(name)!;
    this.#bytes.delete(name);
    return readTextColumn(bytes, column, chunk, this.#codec, this.#dictionaries.get(name));
  }

  #readNumbers(name: NumberColumnName): NumberColumn {
    const { chunk, column } = this.#chunks.get(name)!;
    const bytes = this.#bytes.get(name)!;
    this.#bytes.delete(name);
    return readNumberColumn(bytes, column, chunk, this.#codec);
  }

  #emptyTexts(): TextColumn {
    return { texts: new TextValues(new Uint8Array(0), 0, this.#codec), codes: new Uint8Array(this.rows) };
  }
}
