import type { MessageRange } from "../core/delivery/message.ts";
import { MESSAGE_BYTES } from "../core/delivery/message-plan.ts";
import type { Deliveries } from "./deliveries.ts";
import type { ObjectsEnv } from "./env.ts";
import type { Journal } from "./journal.ts";
import { logWarning } from "./log.ts";
import type { RecentPacks } from "./recent-packs.ts";
import type { StreamState } from "./stream-state.ts";
import type { StreamParts } from "./stream-status.ts";

/** Hands messages that are due to the queue. What it refuses stays in the journal and is due again soon. */
export class Sender {
  readonly #queue: ObjectsEnv["RECORDS"];
  readonly #journal: Journal;
  readonly #deliveries: Deliveries;
  readonly #state: StreamState;
  readonly #recent: RecentPacks;

  constructor(
    queue: ObjectsEnv["RECORDS"],
    { journal, deliveries, state }: Pick<StreamParts, "journal" | "deliveries" | "state">,
    recent: RecentPacks,
  ) {
    this.#queue = queue;
    this.#journal = journal;
    this.#deliveries = deliveries;
    this.#state = state;
    this.#recent = recent;
  }

  async sendDue(): Promise<void> {
    for (;;) {
      const nowMs = Date.now();
      const due = this.#deliveries.takeDue(nowMs);
      if (due.length === 0) return;
      await Promise.all(due.map((range) => this.#send(range, nowMs)));
    }
  }

  async #send(range: MessageRange, sentMs: number): Promise<void> {
    const { service, shard } = this.#state;
    const { firstSeq, lastSeq } = range;
    const requestIds = this.#recent.requestIdsOf(range);
    try {
      const message = this.#journal.message(service, shard, range, MESSAGE_BYTES);
      await this.#queue.send({ ...message, sentMs, requestIds }, { contentType: "v8" });
      this.#state.lastSentMs = Date.now();
      this.#state.messagesSent++;
    } catch (error) {
      logWarning("queue_refused", { service, shard, firstSeq, lastSeq, requestIds, error });
      this.#state.sendErrors++;
      this.#deliveries.postpone(range, Date.now());
    }
  }
}
