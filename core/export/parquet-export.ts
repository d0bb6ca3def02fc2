import type { RecordJson } from "../record-json.ts";
import { NumberList } from "../segment/number-list.ts";
import { ByteWriter } from "../segment/parquet/byte-writer.ts";
import { footerBytes, type RowGroup } from "../segment/parquet/footer.ts";
import { type Codec, type ColumnDefinition, MAGIC } from "../segment/parquet/format.ts";
import { writeChunk } from "../segment/parquet/write-chunk.ts";
import { TextCoder } from "../segment/text-coder.ts";
import type { ExportColumn } from "./columns.ts";

/** Rows of a row group. An export is read whole, and one group of it is in memory. */
export const GROUP_ROWS = 20_000;

/**
 * Parquet piece by piece: `add` gives the bytes of a row group whenever there is one, `end` those of the last one and the footer.
 * At most one row group is in memory, and of the others where they stand.
 */
export class ParquetExport {
  readonly #columns: readonly ExportColumn[];
  readonly #definitions: readonly ColumnDefinition[];
  readonly #codec: Codec;
  readonly #groups: RowGroup[] = [];
  #held: RecordJson[] = [];
  #written = 0;

  constructor(columns: readonly ExportColumn[], codec: Codec) {
    this.#columns = columns;
    this.#definitions = columns.map(({ name, type }) => ({ name, type, isRequired: false }));
    this.#codec = codec;
  }

  add(records: readonly RecordJson[]): Uint8Array {
    const writer = this.#begun();
    for (const record of records) {
      this.#held.push(record);
      if (this.#held.length >= GROUP_ROWS) this.#writeGroup(writer);
    }
    return this.#given(writer);
  }

  end(): Uint8Array {
    const writer = this.#begun();
    if (this.#held.length > 0) this.#writeGroup(writer);
    writer.append(footerBytes({ columns: this.#definitions, groups: this.#groups, notes: {} }));
    return this.#given(writer);
  }

  #begun(): ByteWriter {
    const writer = new ByteWriter();
    if (this.#written === 0) writer.append(new TextEncoder().encode(MAGIC));
    return writer;
  }

  #given(writer: ByteWriter): Uint8Array {
    this.#written += writer.length;
    return writer.bytes();
  }

  #writeGroup(writer: ByteWriter): void {
    const records = this.#held;
    this.#held = [];
    const rows = records.length;
    const chunks = this.#columns.map((column, at) => {
      const data = columnData(column, records);
      return writeChunk(writer, this.#written, { ...this.#definitions[at]!, rows, data }, this.#codec);
    });
    this.#groups.push({ rows, chunks });
  }
}

function columnData({ type, of }: ExportColumn, records: readonly RecordJson[]) {
  if (type === "text") {
    const texts = new TextCoder();
    records.forEach((record, row) => {
      const value = of(record);
      if (value !== undefined) texts.put(row, String(value));
    });
    return texts.take(undefined, records.length);
  }
  const numbers = new NumberList();
  records.forEach((record, row) => {
    const value = of(record);
    if (value !== undefined) numbers.put(row, type === "time" ? Date.parse(String(value)) : Number(value));
  });
  return numbers.take(undefined, records.length);
}
