import { BitReader, BitWriter } from "./bit-text.ts";
import { rowsSet } from "./distinct-estimate.ts";
import { COLUMNS, DistinctSketch, EXACT_LIMIT, MAX_ROWS, MIN_ROWS, rowsIn } from "./distinct-sketch.ts";
import { maxSortedBits, readSorted, writeSorted } from "./sorted-list.ts";

const HASHES = 2 ** 32;

/** 0 and the exact hashes; else the number of rows, and column after column. */
export function distinctText(sketch: DistinctSketch): string {
  const writer = new BitWriter();
  const { matrix } = sketch;
  if (matrix === undefined) {
    writer.count(0);
    writeSorted(
      writer,
      [...sketch.hashes!].sort((a, b) => a - b),
      HASHES,
    );
    return writer.text();
  }
  const rows = rowsIn(matrix);
  writer.count(rows);
  for (let column = 0; column < COLUMNS; column++) {
    const form = formOf(rowsSet(matrix, column), rows);
    writer.bits(form, 2);
    if (form === BITS) writeBits(writer, wordsOf(matrix, column));
    else writeSorted(writer, rowsOf(wordsOf(matrix, column), form === SET), rows);
  }
  return writer.text();
}

/** The text of the sketch is not longer. */
export function maxDistinctChars({ hashes, matrix }: DistinctSketch): number {
  let bits = 18;
  if (matrix === undefined) bits += maxSortedBits(hashes!.size, HASHES);
  else {
    const rows = rowsIn(matrix);
    for (let column = 0; column < COLUMNS; column++) {
      const set = rowsSet(matrix, column);
      bits += 2 + (formOf(set, rows) === BITS ? rows : maxSortedBits(Math.min(set, rows - set), rows));
    }
  }
  return Math.ceil(bits / 6);
}

/** Reads what `distinctText` wrote; undefined when it is no such text. */
export function distinctOf(text: string): DistinctSketch | undefined {
  const reader = new BitReader(text);
  const sketch = new DistinctSketch();
  const rows = reader.count();
  if (rows === 0) {
    const hashes = readSorted(reader, HASHES, EXACT_LIMIT);
    if (hashes === undefined) return undefined;
    sketch.hashes = new Set(hashes);
  } else {
    if (![MIN_ROWS, 2048, MAX_ROWS].includes(rows)) return undefined;
    sketch.hashes = undefined;
    sketch.matrix = new Uint32Array((COLUMNS * rows) / 32);
    for (let column = 0; column < COLUMNS; column++)
      if (!readColumn(reader, wordsOf(sketch.matrix, column))) return undefined;
  }
  return reader.isDone() ? sketch : undefined;
}

/** How a column is written: a bit a row, or a list of the rows that are set, or of those that are not. */
const SET = 0;
const UNSET = 1;
const BITS = 2;

/** A list of more than a quarter of the rows would be no shorter than the bits, and takes ten times as long to read. */
function formOf(set: number, rows: number): number {
  if (set <= rows / 4) return SET;
  return set >= (rows * 3) / 4 ? UNSET : BITS;
}

function wordsOf(matrix: Uint32Array, column: number): Uint32Array {
  const words = rowsIn(matrix) / 32;
  return matrix.subarray(column * words, (column + 1) * words);
}

function writeBits(writer: BitWriter, words: Uint32Array): void {
  for (const word of words) {
    writer.bits(word >>> 16, 16);
    writer.bits(word & 0xffff, 16);
  }
}

function rowsOf(words: Uint32Array, isSet: boolean): number[] {
  const rows: number[] = [];
  for (let at = 0; at < words.length; at++) {
    let bits = words[at]! ^ (isSet ? 0 : -1);
    for (; bits !== 0; bits &= bits - 1) rows.push(at * 32 + 31 - Math.clz32(bits & -bits));
  }
  return rows;
}

function readColumn(reader: BitReader, words: Uint32Array): boolean {
  const rows = words.length * 32;
  const form = reader.bits(2);
  if (form === BITS) {
    for (let at = 0; at < words.length; at++) words[at] = reader.bits(16) * 65_536 + reader.bits(16);
    return !reader.isBad;
  }
  const listed = form === SET || form === UNSET ? readSorted(reader, rows, rows / 4) : undefined;
  if (listed === undefined) return false;
  if (form === UNSET) words.fill(0xffffffff);
  for (const row of listed) words[row >>> 5]! ^= 1 << (row & 31);
  return true;
}
