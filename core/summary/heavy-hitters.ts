/**
 * A longer value is counted but not followed: a summary stays small, and two values that differ only in their far end
 * are never added up as one.
 */
export const MAX_VALUE_CHARS = 256;

/** How often one value occurred: `count` times for certain, at most `count + missed` times. */
export class Tally {
  count: number;
  missed: number;
  constructor(count: number, missed: number) {
    this.count = count;
    this.missed = missed;
  }
}

/**
 * Counts of the most frequent values of one dimension: exact until `cut`, with an honest bound afterwards.
 *
 * The mergeable form of Space-Saving (Agarwal et al., "Mergeable Summaries", 2012; Cafaro et al. 2016), with the certain part of a
 * count kept apart from the possible rest: a value that was followed from the start has an exact count for ever.
 */
export class HeavyHitters {
  /** Records that have this dimension. */
  total = 0;
  /** Of those, the ones whose value was too long to follow. */
  long = 0;
  /** A value that is not followed occurred at most so often. */
  missed = 0;
  tallies = new Map<string, Tally>();

  add(value: string): void {
    this.total++;
    const tally = this.tallies.get(value);
    if (tally !== undefined) tally.count++;
    else if (value.length > MAX_VALUE_CHARS) this.long++;
    else this.tallies.set(value, new Tally(1, this.missed));
  }

  mergeIn(other: HeavyHitters): void {
    if (other.missed > 0) {
      for (const [value, tally] of this.tallies) if (!other.tallies.has(value)) tally.missed += other.missed;
    }
    for (const [value, theirs] of other.tallies) {
      const ours = this.tallies.get(value);
      if (ours === undefined) this.tallies.set(value, new Tally(theirs.count, theirs.missed + this.missed));
      else {
        ours.count += theirs.count;
        ours.missed += theirs.missed;
      }
    }
    this.total += other.total;
    this.long += other.long;
    this.missed += other.missed;
  }

  /** Follows on only the `capacity` values that may be the most frequent. */
  cut(capacity: number): void {
    if (this.tallies.size <= capacity) return;
    const ranked = [...this.tallies].sort(byPossibleCount);
    // The best of those let go bounds them all.
    const best = ranked[capacity]![1];
    this.missed = Math.max(this.missed, best.count + best.missed);
    this.tallies = new Map(ranked.slice(0, capacity));
  }

  /** Most frequent first; equal counts in the order of their text. */
  ranked(): [string, Tally][] {
    return [...this.tallies].sort(byCount);
  }

  /** No true count is higher than the one told by more than this. 0: all counts are exact. */
  errorBound(): number {
    let worst = this.missed;
    let unseen = this.total - this.long;
    for (const tally of this.tallies.values()) {
      if (tally.missed > worst) worst = tally.missed;
      unseen -= tally.count;
    }
    return Math.max(Math.min(worst, unseen), this.long);
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byCount = (a: [string, Tally], b: [string, Tally]): number => b[1].count - a[1].count || byText(a[0], b[0]);

const byPossibleCount = (a: [string, Tally], b: [string, Tally]): number =>
  b[1].count + b[1].missed - (a[1].count + a[1].missed) || byText(a[0], b[0]);
