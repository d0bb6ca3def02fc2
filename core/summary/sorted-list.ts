import type { BitReader, BitWriter } from "./bit-text.ts";

/** Writes different integers from 0 to `universe - 1`, sorted, near the fewest bits that can tell them. */
export function writeSorted(writer: BitWriter, sorted: readonly number[], universe: number): void {
  writer.count(sorted.length);
  const k = riceParameter(sorted.length, universe);
  let previous = -1;
  for (const value of sorted) {
    writer.rice(value - previous - 1, k);
    previous = value;
  }
}

/** Reads what `writeSorted` wrote; undefined when it is no such list. */
export function readSorted(reader: BitReader, universe: number, maxLength: number): number[] | undefined {
  const length = reader.count();
  if (reader.isBad || length > maxLength) return undefined;
  const k = riceParameter(length, universe);
  const sorted: number[] = [];
  let previous = -1;
  for (let i = 0; i < length; i++) {
    previous += reader.rice(k) + 1;
    if (reader.isBad || previous >= universe) return undefined;
    sorted.push(previous);
  }
  return sorted;
}

/** No list of this length takes more bits. */
export function maxSortedBits(length: number, universe: number): number {
  const k = riceParameter(length, universe);
  return 6 * Math.ceil((Math.log2(length + 1) + 1) / 5) + length * (k + 1) + (universe - length) / 2 ** k;
}

/** Gaps between random values are geometric: this parameter is the best for their mean. */
function riceParameter(length: number, universe: number): number {
  if (length === 0) return 32;
  return Math.max(0, Math.floor(Math.log2((universe / length) * Math.LN2)));
}
