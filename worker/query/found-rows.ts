import type { Filter } from "../../core/query/filter.ts";
import { filterText } from "../../core/query/filter-text.ts";
import {
  type PackedSelection,
  packedBytes,
  packedSelection,
  unpackedSelection,
} from "../../core/segment/packed-selection.ts";
import type { Selection } from "../../core/segment/selection.ts";
import { ByteCache } from "../archive/byte-cache.ts";

/** What filters of a million records each found in a hundred million of them, or any filter in thirty. */
const MAX_BYTES = 4_000_000;
/** Of an entry beside its rows: the names in its key, and what keeps it in order. */
const ENTRY_BYTES = 400;
/** A longer filter is not asked twice. */
const MAX_TEXT = 1_000;

// Objects never change under their key, and neither does what a filter finds in them.
const found = new ByteCache<PackedSelection>(MAX_BYTES);

/** What a filter is remembered by; undefined where it finds something else as time goes by. */
export function lastingName(filter: Filter): string | undefined {
  if (!isLasting(filter)) return undefined;
  const text = filterText(filter);
  return text.length > MAX_TEXT ? undefined : text;
}

/**
 * The rows of a row group that a filter finds, as they were found before: one look at a dashboard asks for the records, their
 * counts and their tops by the same words, and again each few seconds.
 *
 * @param name of the filter, from `lastingName`
 */
export async function foundRows(
  key: string,
  group: number,
  name: string | undefined,
  rows: number,
  find: () => Promise<Selection>,
): Promise<Selection> {
  if (name === undefined) return find();
  const entry = `${key}#${group}#${name}`;
  const known = found.get(entry);
  if (known !== undefined) return unpackedSelection(known, rows);
  const selection = await find();
  const packed = packedSelection(selection, rows);
  found.set(entry, packed, ENTRY_BYTES + packedBytes(packed));
  return selection;
}

function isLasting(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts.every(isLasting);
    case "not":
      return isLasting(filter.part);
    case "when":
      return typeof filter.low?.value !== "object" && typeof filter.high?.value !== "object";
    default:
      return true;
  }
}
