import { ByteReader } from "./byte-reader.ts";
import { readDeltas } from "./delta.ts";
import { type ChunkInfo, type Codec, type ColumnDefinition, ENCODING } from "./format.ts";
import { type Codes, codesFor, readRuns } from "./runs.ts";
import { TextValues } from "./text-values.ts";
import { readStruct, type ThriftFields } from "./thrift.ts";

/** A column of texts: of each row the number of its text, or `texts.count` for none. */
export interface TextColumn {
  texts: TextValues;
  codes: Codes;
}
/** A column of numbers; NaN stands for "none". */
export type NumberColumn = Float64Array;

/** The texts of a column before its rows are read: all that there are, each at least once. */
export function readTexts(bytes: Uint8Array, chunk: ChunkInfo, codec: Codec): TextValues | undefined {
  if (!chunk.hasDictionary)
    return chunk.nulls === chunk.values ? new TextValues(new Uint8Array(0), 0, codec) : undefined;
  const { plain, header } = readPage(new ByteReader(bytes), chunk, codec);
  return new TextValues(plain, (header[7] as ThriftFields)[1] as number, codec);
}

/**
 * @param bytes of the chunk
 * @param known what `readTexts` gave, where it was read already
 */
export function readTextColumn(
  bytes: Uint8Array,
  column: ColumnDefinition,
  chunk: ChunkInfo,
  codec: Codec,
  known?: TextValues,
): TextColumn {
  const texts = known ?? readTexts(bytes, chunk, codec);
  const page = new ByteReader(readPage(new ByteReader(bytes, chunk.dataAt), chunk, codec).plain);
  const levels = column.isRequired ? undefined : readLevels(page, chunk);
  const present = chunk.values - chunk.nulls;
  if (texts !== undefined) {
    const codes = codesFor(texts.count, present);
    if (present > 0) readRuns(page, page.byte(), codes);
    return { texts, codes: spread(codes, levels, chunk.values, texts.count) };
  }
  const own = codesFor(present, present);
  for (let at = 0; at < present; at++) own[at] = at;
  return {
    texts: new TextValues(page.bytes.subarray(page.at), present, codec),
    codes: spread(own, levels, chunk.values, present),
  };
}

export function readNumberColumn(
  bytes: Uint8Array,
  column: ColumnDefinition,
  chunk: ChunkInfo,
  codec: Codec,
): NumberColumn {
  const present = chunk.values - chunk.nulls;
  let dictionary: Float64Array | undefined;
  if (chunk.hasDictionary) {
    const { plain, header } = readPage(new ByteReader(bytes), chunk, codec);
    dictionary = readPlain(new ByteReader(plain), column, (header[7] as ThriftFields)[1] as number);
  }
  const page = new ByteReader(readPage(new ByteReader(bytes, chunk.dataAt), chunk, codec).plain);
  const levels = column.isRequired ? undefined : readLevels(page, chunk);
  const values = readValues(page, column, chunk, present, dictionary);
  if (levels === undefined) return values;
  const all = new Float64Array(chunk.values).fill(Number.NaN);
  for (let at = 0, next = 0; at < all.length; at++) if (levels[at] === 1) all[at] = values[next++]!;
  return all;
}

function readValues(
  page: ByteReader,
  column: ColumnDefinition,
  chunk: ChunkInfo,
  present: number,
  dictionary: Float64Array | undefined,
): Float64Array {
  if (present === 0) return new Float64Array(0);
  if (chunk.encoding === ENCODING.delta) return readDeltas(page, present);
  if (dictionary === undefined) return readPlain(page, column, present);
  const codes = codesFor(dictionary.length, present);
  readRuns(page, page.byte(), codes);
  const values = new Float64Array(present);
  for (let at = 0; at < present; at++) values[at] = dictionary[codes[at]!]!;
  return values;
}

function readPlain(reader: ByteReader, { type }: ColumnDefinition, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let at = 0; at < count; at++)
    values[at] = type === "double" ? reader.float64() : type === "int32" ? reader.uint32() | 0 : reader.int64();
  return values;
}

function readPage(
  reader: ByteReader,
  { isCompressed }: ChunkInfo,
  codec: Codec,
): { plain: Uint8Array; header: ThriftFields } {
  const header = readStruct(reader);
  const body = reader.take(header[3] as number);
  return { plain: isCompressed ? codec.decompress(body, header[2] as number) : body, header };
}

/** Undefined where every row has a value. */
function readLevels(page: ByteReader, { values, nulls }: ChunkInfo): Codes | undefined {
  const end = page.uint32() + page.at;
  const levels = nulls === 0 ? undefined : new Uint8Array(values);
  if (levels) readRuns(page, 1, levels);
  page.at = end;
  return levels;
}

function spread(codes: Codes, levels: Codes | undefined, rows: number, none: number): Codes {
  if (levels === undefined) return codes;
  const all = codesFor(none, rows);
  for (let at = 0, next = 0; at < rows; at++) all[at] = levels[at] === 1 ? codes[next++]! : none;
  return all;
}
