import { byCount, type HeavyHitters } from "./heavy-hitters.ts";
import { mostOf } from "./most-of.ts";

export interface Top {
  /** Most frequent first, equal counts in the order of their text. */
  values: { value: string; count: number }[];
  /** Records that have the dimension with a value that is not listed. */
  other: number;
  /**
   * A value listed occurred at most so many times more often than told; one that is not listed, at most so many times more
   * often than the last one listed. 0: the list is exact and no other value belongs into it.
   */
  errorBound: number;
}

/** The `limit` most frequent values. */
export function topOfHitters(hitters: HeavyHitters, limit: number): Top {
  let untold = hitters.total - hitters.long;
  for (const tally of hitters.tallies.values()) untold -= tally.count;
  // Two bounds for what was missed of one value: what the cuts say, and all records that no count tells.
  const missed = (known: number): number => Math.min(hitters.missed - known, untold);

  const ranked = mostOf(hitters.tallies.values(), limit, byCount);
  const listed = new Set(ranked);
  let wrong = 0;
  let highest = Math.max(missed(0), hitters.long);
  for (const tally of hitters.tallies.values()) {
    if (listed.has(tally)) wrong = Math.max(wrong, missed(tally.known));
    else highest = Math.max(highest, tally.count + missed(tally.known));
  }
  // A list that is not full has a place for any value.
  const last = ranked.length === limit ? (ranked.at(-1)?.count ?? 0) : 0;
  const values = ranked.map(({ value, count }) => ({ value, count }));
  const other = values.reduce((rest, { count }) => rest - count, hitters.total);
  return { values, other, errorBound: Math.max(wrong, highest - last) };
}
