/**
 * Which rows of a row group pass: all, none, or those with a 1. An array begins where its buffer does, so that four rows are
 * looked at at once.
 */
export type Selection = "all" | "none" | Uint8Array;

/** So many words of four rows add up before a byte of their sum is full. */
const WORDS_A_SUM = 255;

/** Four rows each; what is left over are the last ones, from `words.length * 4` on. */
const wordsOf = (rows: Uint8Array): Int32Array => new Int32Array(rows.buffer, 0, rows.length >> 2);

/** May change `a` or `b`, and give one of them. */
export function both(a: Selection, b: Selection): Selection {
  if (a === "none" || b === "none") return "none";
  if (a === "all") return b;
  if (b === "all") return a;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  for (let at = 0; at < words.length; at++) words[at]! &= others[at]!;
  for (let at = words.length * 4; at < a.length; at++) a[at]! &= b[at]!;
  return settled(a);
}

/** May change `a` or `b`, and give one of them. */
export function either(a: Selection, b: Selection): Selection {
  if (a === "all" || b === "all") return "all";
  if (a === "none") return b;
  if (b === "none") return a;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  for (let at = 0; at < words.length; at++) words[at]! |= others[at]!;
  for (let at = words.length * 4; at < a.length; at++) a[at]! |= b[at]!;
  return a;
}

/** May change what is given. */
export function inverse(selection: Selection): Selection {
  if (selection === "all") return "none";
  if (selection === "none") return "all";
  const words = wordsOf(selection);
  for (let at = 0; at < words.length; at++) words[at]! ^= 0x01010101;
  for (let at = words.length * 4; at < selection.length; at++) selection[at]! ^= 1;
  return settled(selection);
}

/** "none" where no row is left. */
export const settled = (rows: Uint8Array): Selection => (rows.includes(1) ? rows : "none");

/** The places of the rows that pass. */
export function placesOf(selection: Selection, rows: number): Uint32Array {
  const places = new Uint32Array(countOf(selection, rows));
  if (selection === "none") return places;
  if (selection === "all") {
    for (let at = 0; at < rows; at++) places[at] = at;
    return places;
  }
  for (let at = 0, to = 0; to < places.length; at++) if (selection[at] === 1) places[to++] = at;
  return places;
}

/** How many rows pass. */
export function countOf(selection: Selection, rows: number): number {
  if (typeof selection === "string") return selection === "all" ? rows : 0;
  const words = wordsOf(selection);
  let count = 0;
  for (let from = 0; from < words.length; from += WORDS_A_SUM) {
    const end = Math.min(from + WORDS_A_SUM, words.length);
    let sums = 0;
    for (let at = from; at < end; at++) sums = (sums + words[at]!) | 0;
    count += (sums & 0xff) + ((sums >>> 8) & 0xff) + ((sums >>> 16) & 0xff) + (sums >>> 24);
  }
  for (let at = words.length * 4; at < selection.length; at++) count += selection[at]!;
  return count;
}
