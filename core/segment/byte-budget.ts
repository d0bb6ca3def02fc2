interface Lease {
  bytes: number;
  untilMs: number;
}

/** Asks for itself again and again; who has not done so for this long was cancelled. */
const FORGOTTEN_MS = 1_000;

/**
 * Memory that several readers share: each takes what it is about to hold, and gives it back.
 *
 * A lease ends by itself: a request whose client has gone away is never heard of again, and what it held is collected.
 */
export class ByteBudget {
  readonly maxBytes: number;
  readonly #leaseMs: number;
  readonly #leases = new Map<number, Lease>();
  /** Who waits, in the order of their coming, and when they asked last. */
  readonly #waiting = new Map<symbol, number>();
  #last = 0;
  #held = 0;
  #most = 0;

  constructor(maxBytes: number, leaseMs: number) {
    this.maxBytes = maxBytes;
    this.#leaseMs = leaseMs;
  }

  /** Held now, and at most since the beginning. */
  get bytes(): { held: number; most: number } {
    return { held: this.#held, most: this.#most };
  }

  /**
   * A lease to give back; undefined while others hold too much, or came before. More than all there is gets in alone.
   *
   * @param waiter asks until it gets something, so that its turn comes; who is nobody does not wait
   */
  take(bytes: number, nowMs: number, waiter?: symbol): number | undefined {
    for (const [lease, { untilMs }] of this.#leases) if (untilMs <= nowMs) this.giveBack(lease);
    for (const [each, askedMs] of this.#waiting)
      if (each !== waiter && askedMs + FORGOTTEN_MS <= nowMs) this.#waiting.delete(each);
    const [first = waiter] = this.#waiting.keys();
    if (first !== waiter || (this.#leases.size > 0 && this.#held + bytes > this.maxBytes)) {
      if (waiter) this.#waiting.set(waiter, nowMs);
      return undefined;
    }
    if (waiter) this.#waiting.delete(waiter);
    this.#leases.set(++this.#last, { bytes, untilMs: nowMs + this.#leaseMs });
    this.#held += bytes;
    this.#most = Math.max(this.#most, this.#held);
    return this.#last;
  }

  /** What was given back already, or has ended, is passed over. */
  giveBack(lease: number): void {
    this.#held -= this.#leases.get(lease)?.bytes ?? 0;
    this.#leases.delete(lease);
  }
}
