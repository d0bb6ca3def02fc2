import type { MessageRange } from "../core/delivery/message.ts";
import { MAX_PACK_BYTES } from "../core/delivery/packs-of.ts";
import type { Deliveries } from "./deliveries.ts";
import type { ObjectsEnv } from "./env.ts";
import type { Journal } from "./journal.ts";
import { logWarning } from "./log.ts";
import type { StreamState } from "./stream-state.ts";

/** Hands messages that are due to the queue. What it refuses stays in the journal and is due again soon. */
export class Sender {
  readonly #queue: ObjectsEnv["RECORDS"];
  readonly #journal: Journal;
  readonly #deliveries: Deliveries;
  readonly #state: StreamState;

  constructor(queue: ObjectsEnv["RECORDS"], journal: Journal, deliveries: Deliveries, state: StreamState) {
    this.#queue = queue;
    this.#journal = journal;
    this.#deliveries = deliveries;
    this.#state = state;
  }

  async sendDue(): Promise<void> {
    for (;;) {
      const due = this.#deliveries.takeDue(Date.now());
      if (due.length === 0) return;
      await Promise.all(due.map((range) => this.#send(range)));
    }
  }

  async #send(range: MessageRange): Promise<void> {
    const { service, shard } = this.#state;
    try {
      await this.#queue.send(this.#journal.message(service, shard, range, MAX_PACK_BYTES), { contentType: "v8" });
      this.#state.lastSentMs = Date.now();
      this.#state.messagesSent++;
    } catch (error) {
      logWarning("queue_refused", { service, shard, ...range, error });
      this.#state.sendErrors++;
      this.#deliveries.postpone(range, Date.now());
    }
  }
}
