import type { Figures } from "./figure.ts";
import { heapOf } from "./heap-of.ts";
import { memoryOf } from "./memory-of.ts";
import type { Server } from "./with-server.ts";

const EVERY_MS = 500;

/**
 * The server's memory while something else goes on: what its process takes, and the isolate's heap (objects and buffers), of which
 * production gives 128 MB. Locally the process holds queue, database and bucket as well.
 */
export class MemoryMeter {
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  #process: number[] = [];
  #heap: number[] = [];

  constructor(server: Server) {
    this.#server = server;
    this.#timer = setInterval(() => void this.#sample(), EVERY_MS);
  }

  /** Figures of the time since the last ones. */
  async add(figures: Figures, when: string): Promise<void> {
    await this.#sample();
    figures.add(`memory of workerd ${when}`, this.#process, "MiB");
    if (this.#heap.length > 0) figures.add(`heap of the isolate ${when}`, this.#heap, "MiB");
    [this.#process, this.#heap] = [[], []];
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const [processes, heaps] = [this.#process, this.#heap];
    processes.push(memoryOf(this.#server.pid, "workerd"));
    const heap = await heapOf(this.#server);
    if (heap !== undefined) heaps.push(heap);
  }
}
