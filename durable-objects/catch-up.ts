import type { MessageRange } from "../core/delivery/message.ts";
import { type Since, sinceOf } from "../core/live/since.ts";
import type { Gathering } from "./gathering.ts";
import type { KeptPack, RecentPacks } from "./recent-packs.ts";
import type { StreamState } from "./stream-state.ts";

/** Seqs of a shard that a watcher has not seen and no memory holds. */
export interface MissedRange extends MessageRange {
  shard: number;
}

/** What watchers missed who come back: from the memory of every shard. */
export class CatchUp {
  readonly #state: StreamState;
  readonly #recent: RecentPacks;
  readonly #gathering: Gathering;

  constructor(state: StreamState, recent: RecentPacks, gathering: Gathering) {
    this.#state = state;
    this.#recent = recent;
    this.#gathering = gathering;
  }

  /** What only the database can have, oldest shard first. */
  async missed(since: Since): Promise<MissedRange[]> {
    const shards = [this.#state.shard, ...this.#gathering.otherShards()];
    const ranges = await Promise.all(
      shards.map(async (shard) => {
        const after = sinceOf(since, shard);
        if (after === undefined) return undefined;
        const held = shard === this.#state.shard ? this.held() : await this.#gathering.streamAt(shard).held();
        // A seq that was never given out: another server's, or of a state that is gone.
        if (after >= held.firstHeld - 1) return undefined;
        return { shard, firstSeq: after + 1, lastSeq: held.firstHeld - 1 };
      }),
    );
    return ranges.filter((range) => range !== undefined);
  }

  /** The first seq in this stream's memory. */
  held(): { firstHeld: number } {
    return { firstHeld: this.#recent.firstHeld(this.#state.throughSeq) };
  }

  /** What the other shards' memories hold after `since`. */
  async ofOthers(since: Since): Promise<KeptPack[]> {
    const packs = await Promise.all(
      this.#gathering.otherShards().map(async (shard) => {
        const after = sinceOf(since, shard);
        return after === undefined ? [] : this.#gathering.streamAt(shard).recentAfter(after);
      }),
    );
    return packs.flat() as KeptPack[];
  }
}
