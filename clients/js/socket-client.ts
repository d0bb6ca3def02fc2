import { createBatchingClient } from "./batching-client.ts";
import { IngestSocket } from "./ingest-socket.ts";
import type { Client, ClientOptions } from "./options.ts";

export type SocketClientOptions = Omit<ClientOptions, "gzip" | "fetch">;

/**
 * The same client over one WebSocket (Node 22 or newer, browsers): a batch is a message, and as many are on their way as
 * `connections` says. After a break the socket comes back by itself and goes on from the first batch that is not durable.
 */
export function createSocketClient(options: SocketClientOptions): Client & { close(): void } {
  const socket = new IngestSocket(options.url, options.service, options.token);
  const client = createBatchingClient(options, (text) => socket.send(text));
  return { ...client, close: () => socket.close() };
}
