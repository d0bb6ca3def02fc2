import { lineOf } from "./line-of.ts";
import { type BatchingOptions, type BatchOutcome, type Client, warn } from "./options.ts";
import { type BatchAnswer, PostError } from "./post-batch.ts";
import { retryDelayMs } from "./retry.ts";

interface Batch {
  lines: string[];
  key: string;
  done: () => void;
}

const ROOM = Promise.resolve();

/**
 * Gathers lines into batches and delivers them, each as often as it takes.
 *
 * @param post one attempt; throws {@link PostError}, and must not store the same key twice
 */
export function createBatchingClient(
  options: BatchingOptions,
  post: (text: string, key: string) => Promise<BatchAnswer>,
): Client {
  const { batchLines = 500, batchChars = 500_000, maxAgeMs = 200, connections = 1 } = options;
  const { maxPendingLines = batchLines * 20, retryForMs = 300_000, onBatch = warn } = options;
  const session = randomName();
  const queue: Batch[] = [];
  const unsettled = new Set<Promise<void>>();
  let waiting: (() => void)[] = [];
  let lines: string[] = [];
  let chars = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let overdue = false;
  let pendingLines = 0;
  let batches = 0;
  let active = 0;

  function seal(): void {
    clearTimeout(timer);
    timer = undefined;
    overdue = false;
    if (lines.length === 0) return;
    let done = () => {};
    const settled = new Promise<void>((resolve) => {
      done = resolve;
    });
    unsettled.add(settled);
    settled.then(() => unsettled.delete(settled));
    queue.push({ lines, key: `${session}-${++batches}`, done });
    lines = [];
    chars = 0;
  }

  /** Lines that are only old keep gathering while every connection is busy: a slow server gets fewer, larger batches. */
  function next(): Batch | undefined {
    if (queue.length === 0 && overdue) seal();
    return queue.shift();
  }

  async function work(): Promise<void> {
    active++;
    for (let batch = next(); batch; batch = next()) {
      const outcome = await deliver(batch);
      pendingLines -= batch.lines.length;
      try {
        onBatch(outcome);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
      batch.done();
      if (pendingLines < maxPendingLines) {
        for (const resume of waiting) resume();
        waiting = [];
      }
    }
    active--;
  }

  function start(): void {
    if (active < connections) void work();
  }

  async function deliver({ lines, key }: Batch): Promise<BatchOutcome> {
    const startMs = performance.now();
    const text = lines.join("\n");
    for (let attempts = 1; ; attempts++) {
      try {
        const answer = await post(text, key);
        return { lines, answer, tookMs: performance.now() - startMs, attempts };
      } catch (error) {
        if (!(error instanceof PostError)) throw error;
        const tookMs = performance.now() - startMs;
        const delayMs = retryDelayMs(attempts, error.retryAfterMs, Math.random());
        if (!error.retriable || tookMs + delayMs > retryForMs) return { lines, error, tookMs, attempts };
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }

  function onAge(): void {
    overdue = true;
    start();
  }

  return {
    send(item) {
      const line = lineOf(item);
      if (line === undefined) return ROOM;
      lines.push(line);
      chars += line.length + 1;
      pendingLines++;
      if (lines.length >= batchLines || chars >= batchChars) {
        seal();
        start();
      } else timer ??= setTimeout(onAge, maxAgeMs);
      return pendingLines < maxPendingLines ? ROOM : new Promise((resolve) => waiting.push(resolve));
    },
    async flush() {
      seal();
      start();
      await Promise.all(unsettled);
    },
  };
}

/** Not `crypto.randomUUID`: Node 18 and pages served over plain HTTP lack it, and this name guards nothing. */
function randomName(): string {
  const part = () => Math.random().toString(36).slice(2, 12);
  return `${Date.now().toString(36)}-${part()}${part()}`;
}
