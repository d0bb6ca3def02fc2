import { ByteWriter } from "./byte-writer.ts";
import { ChunkPages, type Levels } from "./chunk-pages.ts";
import { writeDeltas } from "./delta.ts";
import { type ChunkInfo, type Codec, type ColumnDefinition, type ColumnType, ENCODING } from "./format.ts";
import { type NumberCodes, numberCodes } from "./number-codes.ts";
import { type PlainTexts, pickTexts } from "./plain-texts.ts";
import { bitsOf, writeRuns } from "./runs.ts";

/** A column of texts: of each row the number of its text, or NO_TEXT. */
export interface TextData {
  texts: PlainTexts;
  codes: Uint32Array;
}
export const NO_TEXT = 0xffffffff;
/** Numbers; NaN stands for "none". */
export type NumberData = Float64Array;

/** With more different texts than this share of the rows, naming each once saves nothing. */
const TEXT_DICTIONARY_SHARE = 0.6;
type NumberType = Exclude<ColumnType, "text">;
/** Integers are short as differences, doubles are not. */
const DICTIONARY_SHARE: Record<NumberType, number> = { int32: 0.1, int64: 0.1, time: 0, double: 0.4 };
const SMALL_DICTIONARY = 16;

/** A column of a row group; `data` is undefined where no row has a value. */
export interface ColumnData extends ColumnDefinition {
  rows: number;
  data: TextData | NumberData | undefined;
}

/** Appends one column of a row group; `offset` is where the writer's first byte stands in the object. */
export function writeChunk(
  writer: ByteWriter,
  offset: number,
  { rows, data, type, isRequired }: ColumnData,
  codec: Codec,
): ChunkInfo {
  const pages = new ChunkPages();
  let known: Known = { nulls: rows, min: undefined, max: undefined };
  if (data === undefined) pages.data(isRequired ? undefined : "none", rows, ENCODING.plain);
  else if (type === "text") known = addTexts(pages, data as TextData, isRequired);
  else known = addNumbers(pages, data as NumberData, type, isRequired);
  return { values: rows, ...known, ...pages.writeTo(writer, offset, codec) };
}

type Known = Pick<ChunkInfo, "nulls" | "min" | "max">;

function addTexts(pages: ChunkPages, { texts, codes }: TextData, isRequired: boolean): Known {
  const { length } = codes;
  let nulls = 0;
  for (let at = 0; at < length; at++) if (codes[at] === NO_TEXT) nulls++;
  let [present, found]: [Uint32Array, Levels] = [codes, nulls === 0 ? "all" : "none"];
  if (nulls > 0 && nulls < length) {
    const has = new Uint32Array(length);
    present = new Uint32Array(length - nulls);
    for (let at = 0, next = 0; at < length; at++) {
      if (codes[at] === NO_TEXT) continue;
      present[next++] = codes[at]!;
      has[at] = 1;
    }
    found = has;
  }
  const levels = isRequired ? undefined : found;
  if (found === "none") {
    pages.data(levels, length, ENCODING.plain);
  } else if (texts.count > present.length * TEXT_DICTIONARY_SHARE) {
    const { page: plain } = isInOrder(present, texts.count) ? texts : pickTexts(texts, present);
    pages.data(levels, length, ENCODING.plain, (page) => page.append(plain));
  } else {
    pages.dictionary(texts.page, texts.count);
    pages.data(levels, length, ENCODING.dictionary, (page) => writeCodes(page, present, texts.count));
  }
  return { nulls, min: undefined, max: undefined };
}

/** Whether each text is named once, and the texts in their own order. */
function isInOrder(codes: Uint32Array, count: number): boolean {
  if (codes.length !== count) return false;
  for (let at = 0; at < count; at++) if (codes[at] !== at) return false;
  return true;
}

function addNumbers(pages: ChunkPages, numbers: NumberData, type: NumberType, isRequired: boolean): Known {
  const { length } = numbers;
  const { present, levels: found } = presentOf(numbers);
  const levels = isRequired ? undefined : found;
  const limit = Math.max(SMALL_DICTIONARY, present.length * DICTIONARY_SHARE[type]);
  const coded = present.length === 0 ? undefined : numberCodes(present, limit);
  if (present.length === 0) {
    pages.data(levels, length, ENCODING.plain);
  } else if (coded) {
    pages.dictionary(plainNumbers(coded.values, type), coded.values.length);
    pages.data(levels, length, ENCODING.dictionary, (page) => writeCodes(page, coded.codes, coded.values.length));
  } else if (type === "double") {
    pages.data(levels, length, ENCODING.plain, (page) => page.append(plainNumbers(present, type)));
  } else {
    pages.data(levels, length, ENCODING.delta, (page) => writeDeltas(page, present));
  }
  return { nulls: length - present.length, ...rangeOf(coded?.values ?? present) };
}

function presentOf(numbers: NumberData): { present: NumberData; levels: Levels } {
  const { length } = numbers;
  let nulls = 0;
  for (let at = 0; at < length; at++) if (Number.isNaN(numbers[at]!)) nulls++;
  if (nulls === 0) return { present: numbers, levels: "all" };
  const present = new Float64Array(length - nulls);
  if (nulls === length) return { present, levels: "none" };
  const levels = new Uint32Array(length);
  for (let at = 0, next = 0; at < length; at++) {
    const value = numbers[at]!;
    if (Number.isNaN(value)) continue;
    present[next++] = value;
    levels[at] = 1;
  }
  return { present, levels };
}

function plainNumbers(values: NumberCodes["values"], type: NumberType): Uint8Array {
  const plain = new ByteWriter(values.length * 8);
  for (let at = 0; at < values.length; at++) {
    if (type === "double") plain.float64(values[at]!);
    else if (type === "int32") plain.uint32(values[at]! >>> 0);
    else plain.int64(values[at]!);
  }
  return plain.bytes();
}

function rangeOf(numbers: NumberData): Pick<Known, "min" | "max"> {
  if (numbers.length === 0) return { min: undefined, max: undefined };
  let min = numbers[0]!;
  let max = min;
  for (let at = 1; at < numbers.length; at++) {
    const value = numbers[at]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function writeCodes(page: ByteWriter, codes: Uint32Array, count: number): void {
  // A width of 0 is allowed, and some readers trip over it.
  const bits = Math.max(1, bitsOf(count - 1));
  page.byte(bits);
  writeRuns(page, codes, bits);
}
