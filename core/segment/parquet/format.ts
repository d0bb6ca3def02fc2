// Numbers of Parquet's own: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
export const TYPE = { int32: 1, int64: 2, double: 5, text: 6 } as const;
export const ENCODING = { plain: 0, rle: 3, delta: 5, dictionary: 8 } as const;
export const PAGE = { data: 0, dictionary: 2 } as const;
export const ZSTD = 6;
/** Four bytes at both ends of an object. */
export const MAGIC = "PAR1";

/** What a column holds; `time` is milliseconds since 1970, UTC. */
export type ColumnType = "text" | "int32" | "int64" | "double" | "time";

export const physicalOf = (type: ColumnType): number => (type === "time" ? TYPE.int64 : TYPE[type]);

export interface ColumnDefinition {
  name: string;
  type: ColumnType;
  /** Every record has it. */
  isRequired: boolean;
}

/** What the platform gives: core has no compressor of its own. */
export interface Codec {
  /** zstd */
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array, plainLength: number): Uint8Array;
  /** One character a byte (Latin-1). */
  binaryText(bytes: Uint8Array): string;
}

/** Where one column of a row group stands in the object, and what is known of it. */
export interface ChunkInfo {
  /** Of its first page in the object. */
  offset: number;
  /** Of all its pages as stored. */
  bytes: number;
  plainBytes: number;
  values: number;
  nulls: number;
  hasDictionary: boolean;
  /** Stored as zstd frames, one a page. */
  isCompressed: boolean;
  /** From the chunk's start to the first data page. */
  dataAt: number;
  encoding: number;
  /** Of numbers; undefined where there is none. */
  min: number | undefined;
  max: number | undefined;
}
