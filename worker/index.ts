import type { DeliveryMessage } from "../core/delivery/message.ts";
import { app } from "./app.ts";
import { onCron } from "./cron/on-cron.ts";
import type { Env } from "./env.ts";
import { asRun, countedCron } from "./metrics/as-run.ts";
import { onDeadLetters } from "./queue/on-dead-letters.ts";
import { onRecords } from "./queue/on-records.ts";

export { Meters } from "../durable-objects/meters.ts";
export { Overview } from "../durable-objects/overview.ts";
export { ServiceStream } from "../durable-objects/service-stream.ts";

/** Queues carry the environment in their name: `weir-records-dead`, `weir-staging-records-dead`. */
const isDeadLetterQueue = (name: string): boolean => name.endsWith("-records-dead");

/** The way of a line: fetch (worker/routes/ingest.ts) → ServiceStream.append → alarm → queue → onRecords → D1. */
export default {
  fetch: app.fetch,
  queue: (batch, env, ctx) =>
    asRun(env, ctx, () => (isDeadLetterQueue(batch.queue) ? onDeadLetters(batch, env) : onRecords(batch, env))),
  scheduled: ({ scheduledTime }, env, ctx) => asRun(env, ctx, () => countedCron(() => onCron(env, scheduledTime))),
} satisfies ExportedHandler<Env, DeliveryMessage>;
