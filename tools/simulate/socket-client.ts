import { createBatchingClient } from "../../clients/js/batching-client.ts";
import type { BatchingOptions, Client } from "../../clients/js/options.ts";
import { IngestSocket } from "../sending/ingest-socket.ts";

export interface SocketClientOptions extends BatchingOptions {
  url: string;
  service: string;
  token: string | undefined;
}

/** The same client over one WebSocket: a batch is a message, and as many may be on their way as connections were asked for. */
export function createSocketClient(options: SocketClientOptions): Client & { close(): void } {
  const socket = new IngestSocket(options.url, options.service, options.token);
  const client = createBatchingClient(options, (text) => socket.send(text));
  return { ...client, close: () => socket.close() };
}
