import { sharedOf } from "./value-list.ts";

/**
 * A longer value is counted but not followed: a summary stays small, and two values that differ only in their far end
 * are never added up as one.
 */
export const MAX_VALUE_CHARS = 256;

/** One value: it occurred `count` times for certain, and at most `HeavyHitters.missed - known` times more. */
export class Tally {
  value: string;
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
  /** Of the value added last. */
  #last: Tally | undefined = undefined;
  /** All tallies, unless values came since. */
  #byText: Tally[] = [];
  #shared: number[] = [];

  /** Returns the tally of the value; undefined when it is too long to have one. */
  add(value: string): Tally | undefined {
    this.total++;
    let tally = this.tallies.get(value);
    if (tally !== undefined) tally.count++;
    else if (value.length > MAX_VALUE_CHARS) this.long++;
    else {
      tally = new Tally(value, 1, 0);
      this.tallies.set(value, tally);
    }
    return tally;
  }

  /** The same as `add`, faster where the value is often that of the record before. */
  addRepeated(value: string): void {
    const last = this.#last;
    if (last !== undefined && last.value === value) {
      this.total++;
      last.count++;
    } else this.#last = this.add(value);
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

  /**
   * Follows on only the `capacity` values that may be the most frequent; among equals those that came first, because any
   * order of their texts would leave out the same ones every time.
   */
  cut(capacity: number): void {
    if (this.tallies.size <= capacity) return;
    const tallies = Array.from(this.tallies.values());
    const possible = new Float64Array(tallies.length);
    for (let i = 0; i < tallies.length; i++) possible[i] = tallies[i]!.count - tallies[i]!.known;
    const best = highestLetGo(possible, capacity);
    // The best of those let go bounds them all. Of the others as much is known as before.
    const rise = Math.max(0, best);
    let places = capacity;
    for (let i = 0; i < possible.length; i++) if (possible[i]! > best) places--;
    this.missed += rise;
    this.tallies = new Map();
    this.#last = undefined;
    for (let i = 0; i < tallies.length; i++) {
      const each = possible[i]!;
      if (each < best || (each === best && places-- <= 0)) continue;
      const tally = tallies[i]!;
      tally.known += rise;
      this.tallies.set(tally.value, tally);
    }
    if (this.#byText.length > 0) this.#forgetTexts();
  }

  /** All tallies in the order of their texts. */
  byText(): readonly Tally[] {
    if (this.#byText.length !== this.tallies.size) {
      // Texts alone: sorting them takes half as long without a function that compares.
      const texts = Array.from(this.tallies.keys()).sort();
      this.#byText = texts.map((text) => this.tallies.get(text)!);
      this.#shared = sharedOf(texts);
    }
    return this.#byText;
  }

  /** How many first characters each text of `byText` shares with the one before (see `sharedOf`). */
  sharedByText(): readonly number[] {
    this.byText();
    return this.#shared;
  }

  #forgetTexts(): void {
    const byText: Tally[] = [];
    const shared: number[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#byText.length; i++) {
      // Sorted texts share with an earlier one what all between them share.
      least = Math.min(least, this.#shared[i]!);
      if (this.tallies.get(this.#byText[i]!.value) !== this.#byText[i]) continue;
      byText.push(this.#byText[i]!);
      shared.push(least);
      least = Number.POSITIVE_INFINITY;
    }
    this.#byText = byText;
    this.#shared = shared;
  }
}

/** Counts below this are nearly all, and need no sorting. */
const FEW = 256;
const ofCount = new Uint32Array(FEW);

/** The highest count that has no place among `capacity` of them, which are fewer. */
export function highestLetGo(counts: Float64Array, capacity: number): number {
  ofCount.fill(0);
  let many = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count >= FEW) many++;
    else if (count >= 0) ofCount[count]!++;
  }
  if (many <= capacity) {
    let places = capacity - many;
    for (let count = FEW - 1; count >= 0; count--) {
      if (ofCount[count]! > places) return count;
      places -= ofCount[count]!;
    }
  }
  return counts.toSorted()[counts.length - capacity - 1]!;
}

/** Most frequent first; equal counts in the order of their text. */
export const byCount = (a: Tally, b: Tally): number => b.count - a.count || (a.value < b.value ? -1 : 1);
