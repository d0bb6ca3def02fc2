import type { BatchAnswer, PostError } from "./post-batch.ts";

export interface ClientOptions extends BatchingOptions {
  /** Where Weir answers: `https://logs.example.com`. */
  url: string;
  /** The name that the lines are kept under. */
  service: string;
  /** A key that may write to the service. */
  token?: string;
  /** Compress bodies (off). */
  gzip?: boolean;
  fetch?: typeof fetch;
}

export interface BatchingOptions {
  /** A batch goes out when it holds this many lines (500), */
  batchLines?: number;
  /** or this many characters (500,000: under the 10 MB body limit whatever the alphabet), */
  batchChars?: number;
  /** or when its first line has waited this long (200 ms). */
  maxAgeMs?: number;
  /** `send` waits while at least this many lines are not acknowledged (20 batches). */
  maxPendingLines?: number;
  /** Batches on their way at once (1). More is faster and gives up the order of lines. */
  connections?: number;
  /** A batch is given up after this time (5 minutes); give Infinity to try for ever. */
  retryForMs?: number;
  /** Hears how each batch ended. Without it, lost and refused lines are reported with `console.warn`. */
  onBatch?: (outcome: BatchOutcome) => void;
}

/** How a batch ended: with an answer, or with the error that made the client give it up. */
export interface BatchOutcome {
  lines: readonly string[];
  answer?: BatchAnswer;
  error?: PostError;
  /** From the first attempt to the end, in milliseconds. */
  tookMs: number;
  attempts: number;
}

export interface Client {
  /** Takes a line, or an object that travels as JSON. Resolves when there is room for the next one. */
  send(item: string | object): Promise<void>;
  /** Sends what waits now; resolves when every line taken so far is acknowledged or given up. */
  flush(): Promise<void>;
}

/** The outcome of a batch when nobody listens: silence would hide a loss. */
export function warn({ lines, answer, error }: BatchOutcome): void {
  if (error) console.warn(`weir: ${lines.length} lines lost: ${error.message}`);
  else if (answer?.refused.length) {
    console.warn(`weir: ${answer.refused.length} lines refused: ${answer.refused[0]!.reason}`);
  }
}
