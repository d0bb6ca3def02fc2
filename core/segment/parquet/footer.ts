import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { type ChunkInfo, type ColumnDefinition, type ColumnType, ENCODING, MAGIC, physicalOf, ZSTD } from "./format.ts";
import { readStruct, type ThriftFields, type ThriftStruct, writeStruct } from "./thrift.ts";

export interface RowGroup {
  rows: number;
  /** In the order of the columns; where they stand in the object is another one. */
  chunks: ChunkInfo[];
}

export interface Footer {
  columns: readonly ColumnDefinition[];
  groups: RowGroup[];
  /** What engines pass over. */
  notes: Record<string, string>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Length of the metadata and the four letters. */
export const TAIL_BYTES = 8;

/** FileMetaData, its length and the closing letters. */
export function footerBytes({ columns, groups, notes }: Footer): Uint8Array {
  const writer = new ByteWriter(4_096);
  writeStruct(writer, {
    1: { i32: 2 },
    2: { list: [{ struct: { 4: { binary: "records" }, 5: { i32: columns.length } } }, ...columns.map(elementOf)] },
    3: { i64: groups.reduce((sum, { rows }) => sum + rows, 0) },
    4: { list: groups.map((group) => ({ struct: groupStruct(group, columns) })) },
    5: {
      list: Object.entries(notes).map(([key, value]) => ({ struct: { 1: { binary: key }, 2: { binary: value } } })),
    },
    6: { binary: "weir" },
    // Numbers and text are ordered as their type says; without this engines do not trust the bounds.
    7: { list: columns.map(() => ({ struct: { 1: { struct: {} } } })) },
  });
  writer.uint32(writer.length);
  writer.append(encoder.encode(MAGIC));
  return writer.bytes();
}

const UTF8 = 0;
const TIMESTAMP_MILLIS = 9;

const elementOf = ({ name, type, isRequired }: ColumnDefinition): { struct: ThriftStruct } => ({
  struct: {
    1: { i32: physicalOf(type) },
    3: { i32: isRequired ? 0 : 1 },
    4: { binary: name },
    ...(type === "text" ? { 6: { i32: UTF8 }, 10: { struct: { 1: { struct: {} } } } } : {}),
    ...(type === "time"
      ? {
          6: { i32: TIMESTAMP_MILLIS },
          10: { struct: { 8: { struct: { 1: { bool: true }, 2: { struct: { 1: { struct: {} } } } } } } },
        }
      : {}),
  },
});

function groupStruct({ rows, chunks }: RowGroup, columns: readonly ColumnDefinition[]): ThriftStruct {
  return {
    1: { list: chunks.map((chunk, at) => ({ struct: chunkStruct(chunk, columns[at]!) })) },
    2: { i64: chunks.reduce((sum, { plainBytes }) => sum + plainBytes, 0) },
    3: { i64: rows },
    5: { i64: Math.min(...chunks.map(({ offset }) => offset)) },
    6: { i64: chunks.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
}

function chunkStruct(chunk: ChunkInfo, { name, type }: ColumnDefinition): ThriftStruct {
  const { offset, bytes, plainBytes, values, nulls, hasDictionary, isCompressed, dataAt, encoding, min, max } = chunk;
  const bounds =
    min === undefined || max === undefined
      ? {}
      : { 5: { binary: boundOf(max, type) }, 6: { binary: boundOf(min, type) } };
  return {
    2: { i64: 0 },
    3: {
      struct: {
        1: { i32: physicalOf(type) },
        2: { list: [...new Set([ENCODING.plain, ENCODING.rle, encoding])].map((each) => ({ i32: each })) },
        3: { list: [{ binary: name }] },
        4: { i32: isCompressed ? ZSTD : 0 },
        5: { i64: values },
        6: { i64: plainBytes },
        7: { i64: bytes },
        9: { i64: offset + dataAt },
        ...(hasDictionary ? { 11: { i64: offset } } : {}),
        12: { struct: { 3: { i64: nulls }, ...bounds } },
      },
    },
  };
}

function boundOf(value: number, type: ColumnType): Uint8Array {
  const writer = new ByteWriter(8);
  if (type === "double") writer.float64(value);
  else if (type === "int32") writer.uint32(value >>> 0);
  else writer.int64(value);
  return writer.bytes();
}

/** How many bytes the metadata has that ends before these last eight bytes; undefined where they end no Parquet object. */
export function footerLength(tail: Uint8Array): number | undefined {
  const reader = new ByteReader(tail.subarray(tail.length - TAIL_BYTES));
  const length = reader.uint32();
  return decoder.decode(reader.take(4)) === MAGIC ? length : undefined;
}

/**
 * Reads what `footerBytes` wrote, without length and closing letters.
 *
 * @param columns of this version of Weir; columns that the object does not have are missing from `chunks`
 */
export function readFooter(bytes: Uint8Array): Footer {
  const file = readStruct(new ByteReader(bytes));
  const elements = (file[2] as ThriftFields[]).slice(1);
  const columns = elements.map((element): ColumnDefinition => {
    const physical = element[1] as number;
    const type: ColumnType =
      physical === 6
        ? "text"
        : physical === 5
          ? "double"
          : physical === 1
            ? "int32"
            : element[6] === TIMESTAMP_MILLIS
              ? "time"
              : "int64";
    return { name: textOf(element[4]), type, isRequired: element[3] === 0 };
  });
  const groups = ((file[4] as ThriftFields[] | undefined) ?? []).map(
    (group): RowGroup => ({
      rows: group[3] as number,
      chunks: (group[1] as ThriftFields[]).map((chunk, at) => chunkOf(chunk[3] as ThriftFields, columns[at]!.type)),
    }),
  );
  const notes = Object.fromEntries(
    ((file[5] as ThriftFields[] | undefined) ?? []).map((note) => [textOf(note[1]), textOf(note[2])]),
  );
  return { columns, groups, notes };
}

const textOf = (value: unknown): string => decoder.decode(value as Uint8Array);

function chunkOf(meta: ThriftFields, type: ColumnType): ChunkInfo {
  const statistics = meta[12] as ThriftFields;
  const data = meta[9] as number;
  const offset = (meta[11] as number | undefined) ?? data;
  const encodings = meta[2] as number[];
  return {
    offset,
    bytes: meta[7] as number,
    plainBytes: meta[6] as number,
    values: meta[5] as number,
    nulls: statistics[3] as number,
    hasDictionary: meta[11] !== undefined,
    isCompressed: meta[4] === ZSTD,
    dataAt: data - offset,
    encoding: encodings.find((each) => each === ENCODING.delta || each === ENCODING.dictionary) ?? ENCODING.plain,
    min: numberOf(statistics[6], type),
    max: numberOf(statistics[5], type),
  };
}

function numberOf(bytes: unknown, type: ColumnType): number | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  const reader = new ByteReader(bytes);
  return type === "double" ? reader.float64() : type === "int32" ? reader.uint32() | 0 : reader.int64();
}
