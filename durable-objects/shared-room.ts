/** Something that holds bytes and can give up its oldest. */
export interface Holder {
  bytes(): number;
  forgetOldest(): void;
}

/**
 * Room that several holders share: what is too much is given up by whoever holds most, so that a busy one does not take the
 * history of a quiet one. Holders are not kept alive by it: an object that was put to sleep leaves by itself.
 */
export class SharedRoom {
  readonly #maxBytes: number;
  #holders: WeakRef<Holder>[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  join(holder: Holder): void {
    this.#holders.push(new WeakRef(holder));
  }

  /** To be called by whoever has taken more. */
  fit(): void {
    const holders = this.#alive();
    let excess = holders.reduce((sum, holder) => sum + holder.bytes(), 0) - this.#maxBytes;
    while (excess > 0) {
      const largest = holders.reduce((most, holder) => (holder.bytes() > most.bytes() ? holder : most));
      const before = largest.bytes();
      largest.forgetOldest();
      if (largest.bytes() === before) return;
      excess -= before - largest.bytes();
    }
  }

  #alive(): Holder[] {
    const holders = this.#holders.map((ref) => ref.deref()).filter((holder) => holder !== undefined);
    if (holders.length < this.#holders.length) this.#holders = holders.map((holder) => new WeakRef(holder));
    return holders;
  }
}
