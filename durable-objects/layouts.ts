import { earlierHomes, FIRST_LAYOUT, type Layout } from "../core/delivery/layout.ts";
import { keptMsOf, nameOfOrigin, type Origin, type SeqRange } from "../core/delivery/message.ts";
import type { ObjectsEnv } from "./env.ts";
import type { Journal, KnownOrigin } from "./journal.ts";
import { logWarning } from "./log.ts";

/** What another stream of the service knows of an origin, and which stream that is. */
export interface FoundOrigin extends KnownOrigin {
  shard: number;
}

/**
 * The newest layout that this stream has heard of, and the way to ask the streams that were a batch's home before.
 *
 * Who asks says which layout it goes by, so the asked stream takes nothing more under an older one. That is why two
 * streams never take the same batch: one of the two was asked by the other before, and answered for good.
 */
export class Layouts {
  readonly #streams: ObjectsEnv["STREAMS"];
  readonly #journal: Journal;
  #current: Layout;

  constructor(streams: ObjectsEnv["STREAMS"], journal: Journal) {
    this.#streams = streams;
    this.#journal = journal;
    this.#current = journal.layout() ?? FIRST_LAYOUT;
  }

  current(): Layout {
    return this.#current;
  }

  /** Keeps a newer layout. Answers whether the speaker's own is as new as ours. */
  hear(layout: Layout = FIRST_LAYOUT): boolean {
    if (layout.epoch > this.#current.epoch) {
      this.#current = layout;
      this.#journal.writeLayout(layout);
    }
    return layout.epoch === this.#current.epoch;
  }

  /** Tells every other shard. One that does not hear goes on as before, which is right, and hears of it from whoever asks it. */
  async tell(service: string): Promise<void> {
    const layout = this.#current;
    const others = Array.from({ length: layout.known - 1 }, (_, at) => at + 1);
    await Promise.all(
      others.map(async (shard) => {
        try {
          await this.#streams.getByName(`${service}/${shard}`).layoutChanged(layout);
        } catch (error) {
          logWarning("shard_not_told", { service, shard, error });
        }
      }),
    );
  }

  /**
   * What a stream that was this origin's home before knows of it. Asks nobody unless the count changed lately, and what is
   * known here says less than all: a session may have gone on elsewhere since.
   */
  async findEarlier(service: string, origin: Origin, nowMs: number): Promise<FoundOrigin | undefined> {
    const layout = this.#current;
    const here = this.#journal.origin(origin, nowMs);
    if (here && (origin.kind === "key" || here.first === layout.epoch)) return undefined;
    const homes = earlierHomes(layout, nameOfOrigin(origin), keptMsOf(origin), nowMs);
    const found = await Promise.all(
      homes.map(async (shard) => {
        const known = await this.#streams.getByName(`${service}/${shard}`).originKnown(origin, layout);
        return known && { ...known, shard };
      }),
    );
    const known = found.filter((one) => one !== undefined);
    // A session may have moved more than once: the stream that took its latest frame knows best.
    return known.toSorted((a, b) => Number(b.bodyHash ?? 0) - Number(a.bodyHash ?? 0))[0];
  }
}

/** Where the records of a known origin are. */
export const seqOf = ({ shard, first, last }: FoundOrigin): SeqRange | undefined =>
  first === undefined ? undefined : { shard, first, last: last! };
