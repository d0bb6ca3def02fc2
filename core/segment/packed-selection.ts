import { type Codes, codesFor } from "./parquet/runs.ts";
import { countOf, placesOf, type Selection } from "./selection.ts";

/** A selection in few bytes: the places of the rows that pass, or a bit a row where that is shorter. */
export type PackedSelection = "all" | "none" | { places: Codes } | { bits: Uint8Array };

export function packedSelection(selection: Selection, rows: number): PackedSelection {
  if (typeof selection === "string") return selection;
  const count = countOf(selection, rows);
  if (count === 0 || count === rows) return count === 0 ? "none" : "all";
  const places = codesFor(rows, 0).BYTES_PER_ELEMENT * count < rows / 8 ? codesFor(rows, count) : undefined;
  if (places) {
    places.set(placesOf(selection, rows));
    return { places };
  }
  const bits = new Uint8Array(Math.ceil(rows / 8));
  for (let at = 0; at < rows; at++) bits[at >> 3]! |= selection[at]! << (at & 7);
  return { bits };
}

/** The same selection again: it may be changed. */
export function unpackedSelection(packed: PackedSelection, rows: number): Selection {
  if (typeof packed === "string") return packed;
  const selection = new Uint8Array(rows);
  if ("places" in packed) for (const place of packed.places) selection[place] = 1;
  else for (let at = 0; at < rows; at++) selection[at] = (packed.bits[at >> 3]! >> (at & 7)) & 1;
  return selection;
}

/** What it takes beside its object. */
export function packedBytes(packed: PackedSelection): number {
  if (typeof packed === "string") return 0;
  return "places" in packed ? packed.places.byteLength : packed.bits.byteLength;
}
