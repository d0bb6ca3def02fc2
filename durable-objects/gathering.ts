import { GatheredCounters } from "../core/live/gathered-counters.ts";
import { sinceText } from "../core/live/since.ts";
import type { ObjectsEnv } from "./env.ts";
import type { Layouts } from "./layouts.ts";
import { logWarning } from "./log.ts";
import type { ShardNews } from "./shard-news.ts";
import type { StreamPosition, StreamState } from "./stream-state.ts";

/** What shard 0 knows of the whole service: its own figures, and what the other shards have told since it woke. */
export class Gathering {
  readonly #streams: ObjectsEnv["STREAMS"];
  readonly #state: StreamState;
  readonly #layouts: Layouts;
  readonly #others = new Map<number, StreamPosition>();
  readonly counters: GatheredCounters;

  constructor(streams: ObjectsEnv["STREAMS"], state: StreamState, layouts: Layouts) {
    this.#streams = streams;
    this.#state = state;
    this.#layouts = layouts;
    this.counters = new GatheredCounters(state.live);
  }

  /** Whether every other shard has told something: until then sums are too small. */
  isComplete(): boolean {
    return this.otherShards().every((shard) => this.#others.has(shard));
  }

  /** Shards beside this one that may hold records. */
  otherShards(): number[] {
    const { known } = this.#layouts.current();
    return this.#state.shard > 0 ? [] : Array.from({ length: known - 1 }, (_, at) => at + 1);
  }

  /** Asks every other shard for everything; from now on they tell what changes. One that does not answer is asked again later. */
  async gather(): Promise<void> {
    await Promise.all(
      this.otherShards().map(async (shard) => {
        try {
          // The cast: RPC types know arrays, not tuples.
          this.take((await this.streamAt(shard).everything()) as unknown as ShardNews, shard);
        } catch (error) {
          logWarning("shard_not_heard", { service: this.#state.service, shard, error });
        }
      }),
    );
  }

  streamAt(shard: number): ReturnType<ObjectsEnv["STREAMS"]["getByName"]> {
    return this.#streams.getByName(`${this.#state.service}/${shard}`);
  }

  /** @param asked the shard that was asked, for one that never had a record and does not know which it is */
  take({ position, counters }: Pick<ShardNews, "position" | "counters">, asked = position.shard): void {
    this.#others.set(asked, position);
    this.counters.take(asked, counters);
  }

  /** Sums over the shards; `lastSeq` is this stream's own. */
  position(): StreamPosition {
    const sum = this.#state.position();
    for (const { acknowledged, stored, discarded, unconfirmed } of this.#others.values()) {
      sum.acknowledged += acknowledged;
      sum.stored += stored;
      sum.discarded += discarded;
      sum.unconfirmed += unconfirmed;
    }
    return sum;
  }

  /** The last seq of every shard, as a watcher gives it back when it comes again. */
  since(): string {
    const seqs = new Map([
      [this.#state.shard, this.#state.throughSeq],
      ...[...this.#others].map(([shard, { lastSeq }]) => [shard, lastSeq] as const),
    ]);
    return sinceText(seqs);
  }
}
