import type { DeliveryMessage, MessageRange } from "../../core/delivery/message.ts";
import { logError, logWarning } from "../../durable-objects/log.ts";
import { type Env, streamOf } from "../env.ts";
import { meter } from "../metrics/meter.ts";
import { applyMessage, isPoison } from "./apply-message.ts";

/** A message is tried again after this long, twice as long each time. */
const RETRY_SECONDS = 2;

/**
 * Applies a batch of messages one by one (D1 has one writer) and tells each stream which of its own are stored.
 *
 * A message that was applied before is confirmed again: its first confirmation may have been lost.
 */
export async function onRecords(batch: MessageBatch<DeliveryMessage>, env: Env): Promise<void> {
  const confirmed = new Map<string, { service: string; shard: number; ranges: MessageRange[] }>();
  for (const message of batch.messages) {
    const { service, shard, firstSeq, lastSeq } = message.body;
    try {
      const startMs = Date.now();
      const outcome = await applyMessage(env, message.body, startMs);
      countApplied(outcome, lastSeq - firstSeq + 1, Date.now() - startMs);
      const key = `${service}/${shard}`;
      const ranges = confirmed.get(key)?.ranges ?? [];
      ranges.push({ firstSeq, lastSeq });
      confirmed.set(key, { service, shard, ranges });
      message.ack();
    } catch (error) {
      if (isPoison(error)) {
        meter.count("weir_consumer_messages_total", { outcome: "poison" });
        logError("message_is_poison", { service, shard, firstSeq, lastSeq, error });
        await streamOf(env, service, shard).fail({ firstSeq, lastSeq }, String(error), true);
        message.ack();
      } else {
        meter.count("weir_consumer_messages_total", { outcome: "retried" });
        logWarning("message_not_applied", { service, shard, firstSeq, lastSeq, attempts: message.attempts, error });
        message.retry({ delaySeconds: RETRY_SECONDS * 2 ** (message.attempts - 1) });
      }
    }
  }
  await Promise.all([...confirmed.values()].map(({ service, shard, ranges }) => confirm(env, service, shard, ranges)));
}

function countApplied(outcome: string, records: number, tookMs: number): void {
  meter.count("weir_consumer_messages_total", { outcome });
  if (outcome !== "applied_before") meter.count("weir_consumer_applied_records_total", {}, records);
  meter.observe("weir_consumer_apply_duration_seconds", tookMs / 1_000);
}

async function confirm(env: Env, service: string, shard: number, ranges: MessageRange[]): Promise<void> {
  try {
    await streamOf(env, service, shard).confirm(ranges);
  } catch (error) {
    // The stream sends them again, the ledger knows them, and they are confirmed then.
    logWarning("confirmation_lost", { service, shard, error });
  }
}
