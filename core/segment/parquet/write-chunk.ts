import { ByteWriter } from "./byte-writer.ts";
import { ChunkPages } from "./chunk-pages.ts";
import { writeDeltas } from "./delta.ts";
import { type ChunkInfo, type Codec, type ColumnDefinition, type ColumnType, ENCODING } from "./format.ts";
import { bitsOf, writeRuns } from "./runs.ts";
import { plainTexts } from "./text-values.ts";

/** Each text once, and of each row the number of its text; NO_TEXT stands for "none". */
export interface TextData {
  texts: readonly string[];
  codes: Uint32Array;
}
export const NO_TEXT = 0xffffffff;
/** Numbers; NaN stands for "none". */
export type NumberData = Float64Array;

/** With more different texts than this share of the rows, naming each once saves nothing. */
const TEXT_DICTIONARY_SHARE = 0.6;
/** Integers are short as differences, doubles are not. */
const DICTIONARY_SHARE: Record<Exclude<ColumnType, "text">, number> = { int32: 0.1, int64: 0.1, time: 0, double: 0.4 };
const SMALL_DICTIONARY = 16;

/** Appends one column of a row group; `offset` is where the writer's first byte stands in the object. */
export function writeChunk(
  writer: ByteWriter,
  offset: number,
  { type, isRequired }: ColumnDefinition,
  data: TextData | NumberData,
  codec: Codec,
): ChunkInfo {
  const pages = new ChunkPages();
  const known =
    type === "text"
      ? addTexts(pages, data as TextData, isRequired)
      : addNumbers(pages, data as NumberData, type, isRequired);
  return { ...known, ...pages.writeTo(writer, offset, codec) };
}

type Known = Pick<ChunkInfo, "values" | "nulls" | "min" | "max">;

function addTexts(pages: ChunkPages, { texts, codes }: TextData, isRequired: boolean): Known {
  const { length } = codes;
  const levels = isRequired ? undefined : new Uint32Array(length);
  let present = new Uint32Array(length);
  let count = 0;
  for (let at = 0; at < length; at++) {
    if (codes[at] === NO_TEXT) continue;
    present[count++] = codes[at]!;
    if (levels) levels[at] = 1;
  }
  present = present.subarray(0, count);
  if (texts.length > count * TEXT_DICTIONARY_SHARE) {
    const plain = plainTexts(Array.from(present, (code) => texts[code]!));
    pages.data(levels, length, ENCODING.plain, (page) => page.append(plain));
  } else if (texts.length === 0) {
    pages.data(levels, length, ENCODING.plain, () => undefined);
  } else {
    pages.dictionary(plainTexts(texts), texts.length);
    pages.data(levels, length, ENCODING.dictionary, (page) => writeCodes(page, present, texts.length));
  }
  return { values: length, nulls: length - count, min: undefined, max: undefined };
}

function addNumbers(
  pages: ChunkPages,
  numbers: NumberData,
  type: Exclude<ColumnType, "text">,
  isRequired: boolean,
): Known {
  const { length } = numbers;
  const levels = isRequired ? undefined : new Uint32Array(length);
  let present = new Float64Array(length);
  let count = 0;
  for (let at = 0; at < length; at++) {
    const value = numbers[at]!;
    if (Number.isNaN(value)) continue;
    present[count++] = value;
    if (levels) levels[at] = 1;
  }
  present = present.subarray(0, count);
  const coded = codesOf(present, Math.max(SMALL_DICTIONARY, present.length * DICTIONARY_SHARE[type]));
  if (present.length === 0 || (!coded && type === "double")) {
    pages.data(levels, length, ENCODING.plain, (page) => {
      for (const value of present) page.float64(value);
    });
  } else if (coded) {
    const plain = new ByteWriter(coded.values.length * 8);
    for (const value of coded.values) {
      if (type === "double") plain.float64(value);
      else if (type === "int32") plain.uint32(value >>> 0);
      else plain.int64(value);
    }
    pages.dictionary(plain.bytes(), coded.values.length);
    pages.data(levels, length, ENCODING.dictionary, (page) => writeCodes(page, coded.codes, coded.values.length));
  } else {
    pages.data(levels, length, ENCODING.delta, (page) => writeDeltas(page, present));
  }
  return { values: length, nulls: length - present.length, ...rangeOf(present) };
}

/** Undefined where there are more different values than `limit`. */
function codesOf(numbers: NumberData, limit: number): { values: number[]; codes: Uint32Array } | undefined {
  const known = new Map<number, number>();
  const codes = new Uint32Array(numbers.length);
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at]!;
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      if (code >= limit) return undefined;
      known.set(value, code);
    }
    codes[at] = code;
  }
  return { values: [...known.keys()], codes };
}

function rangeOf(numbers: NumberData): Pick<Known, "min" | "max"> {
  if (numbers.length === 0) return { min: undefined, max: undefined };
  let min = numbers[0]!;
  let max = min;
  for (const value of numbers) {
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
