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

/**
 * Where the likelihood of the matrix is highest. The slope of its logarithm falls and is convex, so Newton's method comes
 * to its zero in a few steps from what the column of about half its rows says alone.
 */
function mostLikelyCount(matrix: Uint32Array): number {
  const rows = rowsIn(matrix);
  const set = Array.from({ length: COLUMNS }, (_, column) => rowsSet(matrix, column));
  const farFromHalf = set.map((ones) => Math.abs(ones / rows - 0.5));
  const column = farFromHalf.indexOf(Math.min(...farFromHalf));
  let perRow = -Math.log1p(-set[column]! / rows) / chanceOf(column);
  if (!Number.isFinite(perRow) || perRow === 0) return perRow === 0 ? 0 : rows * 2 ** COLUMNS;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let slope = 0;
    let bend = 0;
    for (let i = 0; i < COLUMNS; i++) {
      const chance = chanceOf(i);
      // 0 where exp overflows: of such a column all rows are set.
      const odds = 1 / Math.expm1(perRow * chance);
      slope += chance * (set[i]! * odds - (rows - set[i]!));
      bend += chance * chance * set[i]! * odds * (1 + odds);
    }
    perRow += slope / bend;
  }
  return perRow * rows;
}

/** Each doubles the right digits; the first guess has one or two. */
const NEWTON_STEPS = 5;

/** How likely a hash is of this column. */
const chanceOf = (column: number): number => 2 ** -Math.min(column + 1, COLUMNS - 1);
