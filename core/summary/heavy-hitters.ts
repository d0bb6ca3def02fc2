import { mostOf } from "./most-of.ts";

/**
 * A longer value is counted but not followed: a summary stays small, and two values that differ only in their far end
 * are never added up as one.
 */
export const MAX_VALUE_CHARS = 256;

/** One value: it occurred `count` times for certain, and at most `HeavyHitters.missed - known` times more. */
export class Tally {
  readonly value: string;
  count: number;
  /** How much of `HeavyHitters.missed` cannot be this value, because it was followed at that time. */
  known: number;

  constructor(value: string, count: number, known: number) {
    this.value = value;
    this.count = count;
    this.known = known;
  }
}

/**
 * Counts of the most frequent values of one dimension: exact until `cut`, with an honest bound afterwards.
 *
 * The mergeable form of Space-Saving (Agarwal et al., "Mergeable Summaries", 2012), with the certain part of a count kept apart
 * from the possible rest: a value that was followed all the time has an exact count for ever.
 */
export class HeavyHitters {
  /** Records that have this dimension. */
  total = 0;
  /** Of those, the ones whose value was too long to follow. */
  long = 0;
  /** A value that is not followed occurred at most so often. */
  missed = 0;
  tallies = new Map<string, Tally>();

  /** Returns whether the value was not followed before. */
  add(value: string): boolean {
    this.total++;
    const tally = this.tallies.get(value);
    if (tally !== undefined) {
      tally.count++;
      return false;
    }
    if (value.length > MAX_VALUE_CHARS) this.long++;
    else this.tallies.set(value, new Tally(value, 1, 0));
    return true;
  }

  mergeIn(other: HeavyHitters): void {
    for (const { value, count, known } of other.tallies.values()) {
      const tally = this.tallies.get(value);
      if (tally === undefined) this.tallies.set(value, new Tally(value, count, known));
      else {
        tally.count += count;
        tally.known += known;
      }
    }
    this.total += other.total;
    this.long += other.long;
    this.missed += other.missed;
  }

  /** Follows on only the `capacity` values that may be the most frequent. */
  cut(capacity: number): void {
    if (this.tallies.size <= capacity) return;
    const ranked = mostOf(this.tallies.values(), capacity + 1, byPossibleCount);
    const best = ranked.pop()!;
    // The best of those let go bounds them all. What is known of the others stays: their own bound does not change.
    const rise = Math.max(0, best.count - best.known);
    this.missed += rise;
    this.tallies = new Map();
    for (const tally of ranked) {
      tally.known += rise;
      this.tallies.set(tally.value, tally);
    }
  }
}

/** Most frequent first; equal counts in the order of their text. */
export const byCount = (a: Tally, b: Tally): number => b.count - a.count || (a.value < b.value ? -1 : 1);

const byPossibleCount = (a: Tally, b: Tally): number =>
  b.count - b.known - (a.count - a.known) || (a.value < b.value ? -1 : 1);
