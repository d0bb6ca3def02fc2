import { addTally, emptyTally, type LiveCounters, MINUTES_KEPT, SECONDS_KEPT, type Tally } from "./live-counters.ts";

type Slots = [slot: number, tally: Tally][];

/** What one shard has counted: absolute figures, so that a lost one is made good by the next. */
export interface CountersNews {
  total: Tally;
  /** Epoch seconds and epoch minutes that changed. */
  seconds: Slots;
  minutes: Slots;
}

interface OtherShard {
  total: Tally;
  seconds: Map<number, Tally>;
  minutes: Map<number, Tally>;
}

/** Counters of a whole service: a stream's own, and what the service's other shards have told. */
export class GatheredCounters {
  readonly #own: LiveCounters;
  readonly #others = new Map<number, OtherShard>();

  constructor(own: LiveCounters) {
    this.#own = own;
  }

  take(shard: number, { total, seconds, minutes }: CountersNews): void {
    let other = this.#others.get(shard);
    if (!other) {
      other = { total, seconds: new Map(), minutes: new Map() };
      this.#others.set(shard, other);
    }
    other.total = total;
    put(other.seconds, seconds, SECONDS_KEPT);
    put(other.minutes, minutes, MINUTES_KEPT);
  }

  total(): Tally {
    if (this.#others.size === 0) return this.#own.total;
    const sum = emptyTally();
    addTally(sum, this.#own.total);
    for (const { total } of this.#others.values()) addTally(sum, total);
    return sum;
  }

  secondsSince(since: number): Slots {
    return merged(
      this.#own.secondsSince(since),
      [...this.#others.values()].map(({ seconds }) => seconds),
      since,
    );
  }

  minutesSince(since: number): Slots {
    return merged(
      this.#own.minutesSince(since),
      [...this.#others.values()].map(({ minutes }) => minutes),
      since,
    );
  }
}

function put(into: Map<number, Tally>, slots: Slots, kept: number): void {
  let last = 0;
  for (const [slot, tally] of slots) {
    into.set(slot, tally);
    last = Math.max(last, slot);
  }
  for (const slot of into.keys()) if (slot <= last - kept) into.delete(slot);
}

function merged(own: Slots, others: Map<number, Tally>[], since: number): Slots {
  if (others.length === 0) return own;
  const sums = new Map<number, Tally>();
  const add = (slot: number, tally: Tally): void => {
    let sum = sums.get(slot);
    if (!sum) {
      sum = emptyTally();
      sums.set(slot, sum);
    }
    addTally(sum, tally);
  };
  for (const [slot, tally] of own) add(slot, tally);
  for (const slots of others) for (const [slot, tally] of slots) if (slot >= since) add(slot, tally);
  return [...sums].sort(([a], [b]) => a - b);
}
