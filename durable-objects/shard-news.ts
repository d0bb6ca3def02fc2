import type { CountersNews } from "../core/live/gathered-counters.ts";
import type { ObjectsEnv } from "./env.ts";
import { logWarning } from "./log.ts";
import type { KeptPack } from "./recent-packs.ts";
import type { StreamPosition, StreamState } from "./stream-state.ts";

/** What a shard tells shard 0, which has the watchers. */
export interface ShardNews {
  position: StreamPosition;
  counters: CountersNews;
  /** New since the last news; only while somebody watches. */
  packs: KeptPack[];
}

/** News go out at once, further ones together after this long. */
const TELL_EVERY_MS = 100;
/** Packs that wait to be told, in bytes; when shard 0 cannot be reached the older ones are left out, which it numbers. */
const WAITING_BYTES = 8_000_000;

/**
 * Tells shard 0 what happens at another shard, for as long as anybody watches. It begins by telling: after a restart
 * only shard 0 knows whether there are watchers, and it answers.
 */
export class ShardTeller {
  readonly #streams: ObjectsEnv["STREAMS"];
  readonly #state: StreamState;
  #isWatched = true;
  #waiting: KeptPack[] = [];
  #waitingBytes = 0;
  #changedSinceSecond: number | undefined;
  #toldMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(streams: ObjectsEnv["STREAMS"], state: StreamState) {
    this.#streams = streams;
    this.#state = state;
  }

  add(pack: KeptPack): void {
    if (!this.#isTelling()) return;
    this.#waiting.push(pack);
    this.#waitingBytes += pack.body.length;
    while (this.#waitingBytes > WAITING_BYTES && this.#waiting.length > 1)
      this.#waitingBytes -= this.#waiting.shift()!.body.length;
    this.#changedSinceSecond ??= Math.floor(pack.receivedMs / 1_000);
    this.#schedule();
  }

  pipelineChanged(): void {
    if (this.#isTelling()) this.#schedule();
  }

  /** Everything, for a shard 0 that begins to show it; from now on it is told what changes. */
  everything(): ShardNews {
    this.#isWatched = true;
    const { live } = this.#state;
    const counters = { total: live.total, seconds: live.secondsSince(0), minutes: live.minutesSince(0) };
    return { position: this.#state.position(), counters, packs: [] };
  }

  #isTelling(): boolean {
    return this.#isWatched && this.#state.shard > 0;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#toldMs + TELL_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => void this.#tell(), waitMs);
  }

  async #tell(): Promise<void> {
    const { service, live } = this.#state;
    const sinceSecond = this.#changedSinceSecond ?? Number.POSITIVE_INFINITY;
    const packs = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#changedSinceSecond = undefined;
    this.#toldMs = Date.now();
    const counters = {
      total: live.total,
      seconds: live.secondsSince(sinceSecond),
      minutes: live.minutesSince(Math.floor(sinceSecond / 60)),
    };
    try {
      const news: ShardNews = { position: this.#state.position(), counters, packs };
      this.#isWatched = await this.#streams.getByName(`${service}/0`).told(news);
    } catch (error) {
      // The next news have the same counters, and shard 0 sees by their seqs which records it was not told.
      logWarning("shard_not_heard", { service, shard: this.#state.shard, error });
    }
    this.#timer = undefined;
    if (!this.#isWatched) this.#waiting = [];
    if (this.#waiting.length > 0 || this.#changedSinceSecond !== undefined) this.#schedule();
  }
}
