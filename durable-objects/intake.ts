import type { AppendAnswer, AppendRequest } from "../core/delivery/message.ts";
import type { DailyQuotas } from "./daily-quotas.ts";
import type { Journal } from "./journal.ts";
import type { Layouts } from "./layouts.ts";
import type { KeptPack } from "./recent-packs.ts";
import type { StreamParts } from "./stream-status.ts";

/** Past this a stream takes no more until the database has caught up: about 6 million ordinary lines. */
const MAX_JOURNAL_BYTES = 256_000_000;
/** What senders that would lose a refused batch may fill: so many times the bound of the others. An object holds 10 GB. */
const RESERVE_FACTOR = 8;
const RETRY_AFTER_SECONDS = 2;

/** Takes batches in: each is journalled whole and its records numbered, or nothing of it is. */
export class Intake {
  readonly #parts: StreamParts;
  readonly #journal: Journal;
  readonly #layouts: Layouts;
  readonly #quotas: DailyQuotas;
  readonly #maxJournalBytes: () => string | undefined;
  readonly #onPack: (pack: KeptPack) => void;

  /** @param maxJournalBytes as the environment has it, as text */
  constructor(
    parts: StreamParts,
    layouts: Layouts,
    quotas: DailyQuotas,
    maxJournalBytes: () => string | undefined,
    onPack: (pack: KeptPack) => void,
  ) {
    this.#parts = parts;
    this.#journal = parts.journal;
    this.#layouts = layouts;
    this.#quotas = quotas;
    this.#maxJournalBytes = maxJournalBytes;
    this.#onPack = onPack;
  }

  async take(request: AppendRequest): Promise<AppendAnswer> {
    const { service, origin, receivedMs, losesRefused, layout } = request;
    const { state } = this.#parts;
    if (!this.#layouts.hear(layout)) return { kind: "moved", layout: this.#layouts.current() };
    if (origin) {
      const elsewhere = await this.#layouts.findEarlier(service, origin, receivedMs);
      // Again: while others were asked, a newer layout or the same batch may have come.
      if (!this.#layouts.hear(layout)) return { kind: "moved", layout: this.#layouts.current() };
      const earlier = state.earlier(origin, receivedMs, elsewhere);
      if (earlier) return earlier;
    }
    const maxBytes = Number(this.#maxJournalBytes() ?? MAX_JOURNAL_BYTES) * (losesRefused ? RESERVE_FACTOR : 1);
    if (state.journalBytes > maxBytes) return { kind: "full", retryAfterSeconds: RETRY_AFTER_SECONDS };
    if (this.#isOverQuota(request)) return { kind: "over_quota" };
    return this.#append(request);
  }

  #isOverQuota({ quota, packs, receivedMs }: AppendRequest): boolean {
    if (!quota) return false;
    const records = packs.reduce((sum, { count }) => sum + count, 0);
    return !this.#quotas.take(quota, records, receivedMs, this.#layouts.current().shards, this.#parts.state.shard);
  }

  /** No await from the first write to the last: the runtime makes them one transaction. */
  #append({ origin, packs, receivedMs, requestId }: AppendRequest): AppendAnswer {
    const { state, deliveries } = this.#parts;
    const first = state.throughSeq + 1;
    const streamMs = Date.now();
    for (const pack of packs) {
      const { count, body, plainBytes, tally } = pack;
      const firstSeq = state.throughSeq + 1;
      this.#journal.append(firstSeq, receivedMs, pack);
      state.throughSeq += count;
      state.journalBytes += body.length;
      state.live.add(tally, receivedMs);
      deliveries.add({ firstSeq, count, receivedMs, bytes: body.length, plainBytes });
      this.#onPack({ shard: state.shard, firstSeq, count, body, receivedMs, streamMs, requestId });
    }
    const range = packs.length === 0 ? undefined : { firstSeq: first, lastSeq: state.throughSeq };
    if (origin) this.#journal.writeOrigin(origin, range, receivedMs, this.#layouts.current().epoch);
    return { kind: "stored", ...state.named(range) };
  }
}
