import { BitReader, BitWriter } from "./bit-text.ts";
import { rowsSet } from "./distinct-estimate.ts";
import { COLUMNS, DistinctSketch, EXACT_LIMIT, MAX_ROWS, MIN_ROWS, rowsIn } from "./distinct-sketch.ts";
import { maxSortedBits, readSorted, writeSorted } from "./sorted-list.ts";

const HASHES = 2 ** 32;

/** 0 and the exact hashes; else the number of rows and, column by column, the rows that are set (or not set, where they are fewer). */
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
    const isFull = rowsSet(matrix, column) > rows / 2;
    writer.bits(isFull ? 1 : 0, 1);
    writeSorted(writer, rowsOf(matrix, column, !isFull), rows);
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
      bits += 1 + maxSortedBits(Math.min(set, rows - set), rows);
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
    for (let column = 0; column < COLUMNS; column++) {
      const isFull = reader.bits(1) === 1;
      const listed = readSorted(reader, rows, rows / 2);
      if (listed === undefined) return undefined;
      const words = sketch.matrix.subarray((column * rows) / 32, ((column + 1) * rows) / 32);
      if (isFull) words.fill(0xffffffff);
      for (const row of listed) words[row >>> 5]! ^= 1 << (row & 31);
    }
  }
  return reader.isDone() ? sketch : undefined;
}

/** The rows of a column that are set, or those that are not. */
function rowsOf(matrix: Uint32Array, column: number, isSet: boolean): number[] {
  const words = rowsIn(matrix) / 32;
  const rows: number[] = [];
  for (let word = 0; word < words; word++) {
    let bits = matrix[column * words + word]! ^ (isSet ? 0 : -1);
    for (; bits !== 0; bits &= bits - 1) rows.push(word * 32 + 31 - Math.clz32(bits & -bits));
  }
  return rows;
}
