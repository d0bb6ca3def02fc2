/** Which rows of a row group pass: all, none, or those with a 1. */
export type Selection = "all" | "none" | Uint8Array;

/** May change `a` or `b`, and give one of them. */
export function both(a: Selection, b: Selection): Selection {
  if (a === "none" || b === "none") return "none";
  if (a === "all") return b;
  if (b === "all") return a;
  for (let at = 0; at < a.length; at++) a[at]! &= b[at]!;
  return settled(a);
}

/** May change `a` or `b`, and give one of them. */
export function either(a: Selection, b: Selection): Selection {
  if (a === "all" || b === "all") return "all";
  if (a === "none") return b;
  if (b === "none") return a;
  for (let at = 0; at < a.length; at++) a[at]! |= b[at]!;
  return a;
}

/** May change what is given. */
export function inverse(selection: Selection): Selection {
  if (selection === "all") return "none";
  if (selection === "none") return "all";
  for (let at = 0; at < selection.length; at++) selection[at]! ^= 1;
  return settled(selection);
}

/** "none" where no row is left. */
const settled = (rows: Uint8Array): Selection => (rows.includes(1) ? rows : "none");

/** The places of the rows that pass. */
export function placesOf(selection: Selection, rows: number): Uint32Array {
  if (selection === "none") return new Uint32Array(0);
  if (selection === "all") return Uint32Array.from({ length: rows }, (_, at) => at);
  const places = new Uint32Array(countOf(selection, rows));
  for (let at = 0, to = 0; at < rows; at++) if (selection[at] === 1) places[to++] = at;
  return places;
}

/** How many rows pass. */
export function countOf(selection: Selection, rows: number): number {
  if (typeof selection === "string") return selection === "all" ? rows : 0;
  let count = 0;
  for (let at = 0; at < rows; at++) count += selection[at]!;
  return count;
}
