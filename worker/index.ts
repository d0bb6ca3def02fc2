import type { DeliveryMessage } from "../core/delivery/message.ts";
import type { ForwardMessage } from "../core/forward/forward.ts";
import { app } from "./app.ts";
import { onCron } from "./cron/on-cron.ts";
import type { Env } from "./env.ts";
import { onDeadForwards, onForwards } from "./forward/on-forwards.ts";
import { asRun, countedCron } from "./metrics/as-run.ts";
import { onDeadLetters } from "./queue/on-dead-letters.ts";
import { onRecords } from "./queue/on-records.ts";

export { Meters } from "../durable-objects/meters.ts";
export { Overview } from "../durable-objects/overview.ts";
export { ServiceStream } from "../durable-objects/service-stream.ts";

/** By the end of a queue's name, which begins with the environment's: `weir-records-dead`, `weir-staging-records-dead`. */
function onQueue(batch: MessageBatch<DeliveryMessage | ForwardMessage>, env: Env): Promise<void> {
  if (batch.queue.endsWith("-records-dead")) return onDeadLetters(batch as MessageBatch<DeliveryMessage>, env);
  if (batch.queue.endsWith("-forwards-dead")) return onDeadForwards(batch as MessageBatch<ForwardMessage>, env);
  if (batch.queue.endsWith("-forwards")) return onForwards(batch as MessageBatch<ForwardMessage>, env);
  return onRecords(batch as MessageBatch<DeliveryMessage>, env);
}

/** The way of a line: fetch (worker/routes/ingest.ts) → ServiceStream.append → alarm → queue → onRecords → D1. */
export default {
  fetch: app.fetch,
  queue: (batch, env, ctx) => asRun(env, ctx, () => onQueue(batch, env)),
  scheduled: ({ scheduledTime }, env, ctx) => asRun(env, ctx, () => countedCron(() => onCron(env, scheduledTime))),
} satisfies ExportedHandler<Env, DeliveryMessage | ForwardMessage>;
