import { createBatchingClient } from "./batching-client.ts";
import type { Client, ClientOptions } from "./options.ts";
import { postBatch } from "./post-batch.ts";

/** A sender of lines to one service of Weir: batches, retries without doubling, and never holds more than it was told. */
export function createClient(options: ClientOptions): Client {
  const post = {
    address: `${options.url.replace(/\/+$/, "")}/ingest/${encodeURIComponent(options.service)}`,
    token: options.token,
    gzip: options.gzip ?? false,
    fetch: options.fetch ?? fetch.bind(globalThis),
  };
  return createBatchingClient(options, (text, key) => postBatch(text, key, post));
}
