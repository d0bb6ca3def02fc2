import type { MessageRange } from "../core/delivery/message.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Extent, Journal } from "./journal.ts";

/** Packs that the database has not confirmed, as many as a message takes. */
export interface UnconfirmedRange extends MessageRange {
  /** Of their bodies. */
  bytes: number;
  /** When the first of them was received. */
  receivedMs: number;
}

/**
 * What of the journal the database has not confirmed, in ranges that stay the same until they are confirmed; only the last one may grow.
 * So whoever has read a range need not read it again.
 */
export class Unconfirmed {
  readonly #journal: Journal;
  readonly #deliveries: Deliveries;
  /** By range, of those that there were when they were asked for last. */
  #extents = new Map<string, Extent>();

  constructor(journal: Journal, deliveries: Deliveries) {
    this.#journal = journal;
    this.#deliveries = deliveries;
  }

  /** Those that may hold a record of the time range, oldest first. */
  between(fromMs: number, toMs: number): UnconfirmedRange[] {
    const found: UnconfirmedRange[] = [];
    const extents = new Map<string, Extent>();
    for (const { firstSeq, lastSeq } of this.#deliveries.unconfirmed()) {
      const name = `${firstSeq}-${lastSeq}`;
      const extent = this.#extents.get(name) ?? this.#journal.extentOf({ firstSeq, lastSeq });
      extents.set(name, extent);
      const { minMs, maxMs, ...known } = extent;
      if (maxMs >= fromMs && minMs < toMs) found.push({ firstSeq, lastSeq, ...known });
    }
    this.#extents = extents;
    return found.sort((a, b) => a.firstSeq - b.firstSeq);
  }
}
