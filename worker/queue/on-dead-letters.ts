import type { DeliveryMessage } from "../../core/delivery/message.ts";
import { logError } from "../../durable-objects/log.ts";
import { type Env, streamOf } from "../env.ts";
import { meter } from "../metrics/meter.ts";

/**
 * Takes what the queue gave up on. The records themselves are in the stream's journal until the database has them; so
 * the stream notes which message failed, shows it (`/api/dead-letters`), and sends it again later or when told to.
 */
export async function onDeadLetters(batch: MessageBatch<DeliveryMessage>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const { service, shard, firstSeq, lastSeq, requestIds } = message.body;
    meter.count("weir_consumer_dead_letters_total");
    logError("dead_letter", { service, shard, firstSeq, lastSeq, requestIds });
    await streamOf(env, service, shard).fail({ firstSeq, lastSeq }, "the database did not take it in any try", false);
    message.ack();
  }
}
