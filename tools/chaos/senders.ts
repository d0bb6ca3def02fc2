import { setTimeout as sleep } from "node:timers/promises";
import { createBatchingClient } from "../../clients/js/batching-client.ts";
import { createClient } from "../../clients/js/client.ts";
import { IngestSocket } from "../../clients/js/ingest-socket.ts";
import type { BatchOutcome } from "../../clients/js/options.ts";
import { lineSource } from "../simulate/lines.ts";
import { linesDue } from "../simulate/pace.ts";
import type { Random } from "../simulate/random.ts";
import { shop } from "../simulate/sites/shop.ts";
import { markedLines, markIn } from "./marked-lines.ts";

/** One line in ten goes through a sender that never tries again, as a browser's beacon does; four through a socket. */
const ABANDONING = 0.1;
const BY_SOCKET = 0.4;

export interface SendersOptions {
  url: string;
  token: string;
  service: string;
  seed: number;
  /** Lines a second. */
  rate: number;
  seconds: number;
}

/** Senders by HTTP and by WebSocket that send marked lines at a pace, and know what became of each. */
export class Senders {
  readonly acknowledged = new Set<number>();
  readonly abandoned = new Set<number>();
  readonly #options: SendersOptions;
  readonly #socket: IngestSocket;

  constructor(options: SendersOptions) {
    this.#options = options;
    this.#socket = new IngestSocket(options.url, options.service, options.token);
  }

  /** Breaks the socket's connection; it comes back by itself and goes on where it was. */
  cut(): void {
    this.#socket.cut();
  }

  /** Sends all lines; resolves when each was acknowledged or given up. */
  async send(random: Random): Promise<void> {
    const { seed, rate, seconds, ...server } = this.#options;
    const onBatch = this.#onBatch;
    const shared = { ...server, maxPendingLines: 1_000_000, onBatch };
    const patient = createClient({ ...shared, batchLines: 100, connections: 4 });
    const abandoning = createClient({ ...shared, batchLines: 20, retryForMs: 0 });
    const streaming = createBatchingClient({ ...shared, batchLines: 50, connections: 8 }, (text) =>
      this.#socket.send(text),
    );
    const startMs = Date.now();
    const next = markedLines(lineSource(shop, seed, startMs));
    for (let made = 0; made < rate * seconds; await sleep(20)) {
      const due = linesDue(Date.now() - startMs, rate, seconds, () => 1);
      for (; made < due; made++) {
        const client = random.chance(ABANDONING) ? abandoning : random.chance(BY_SOCKET) ? streaming : patient;
        void client.send(next(made, Date.now()));
      }
    }
    await Promise.all([patient.flush(), abandoning.flush(), streaming.flush()]);
    this.#socket.close();
  }

  readonly #onBatch = ({ lines, answer, error }: BatchOutcome): void => {
    if (answer && answer.accepted !== lines.length)
      throw new Error(`a batch was refused in part: ${JSON.stringify(answer)}`);
    for (const line of lines) (error ? this.abandoned : this.acknowledged).add(markIn(line));
  };
}
