export { createClient } from "./client.ts";
export type { BatchOutcome, Client, ClientOptions } from "./options.ts";
export { PostError } from "./post-batch.ts";
export { createSocketClient } from "./socket-client.ts";
