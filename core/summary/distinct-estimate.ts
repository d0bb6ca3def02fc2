import { COLUMNS, type DistinctSketch, rowsIn } from "./distinct-sketch.ts";

/** How many different values a sketch saw. */
export function estimateOf(sketch: DistinctSketch): number {
  return sketch.matrix === undefined ? sketch.hashes!.size : Math.round(mostLikelyCount(sketch.matrix));
}

export function rowsSet(matrix: Uint32Array, column: number): number {
  const words = rowsIn(matrix) / 32;
  let rows = 0;
  for (let at = column * words; at < (column + 1) * words; at++) rows += onesOf(matrix[at]!);
  return rows;
}

/** Ones among 32 bits (Hacker's Delight, 5-1). */
function onesOf(word: number): number {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  return Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Where the likelihood of the matrix is highest: the slope of its logarithm has one zero, found by halving. */
function mostLikelyCount(matrix: Uint32Array): number {
  const rows = rowsIn(matrix);
  const set = Array.from({ length: COLUMNS }, (_, column) => rowsSet(matrix, column));
  const slope = (perRow: number): number =>
    set.reduce((sum, ones, column) => {
      const chance = 2 ** -Math.min(column + 1, COLUMNS - 1);
      return sum + (ones * chance) / Math.expm1(perRow * chance) - (rows - ones) * chance;
    }, 0);
  let low = 0;
  let high = 2 ** COLUMNS;
  for (let i = 0; i < 64; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return low * rows;
}
