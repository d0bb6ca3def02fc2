import type { DeliveryMessage } from "../../core/delivery/message.ts";
import { logError, logWarning } from "../../durable-objects/log.ts";
import { type Env, streamOf } from "../env.ts";
import { enqueueForwards } from "../forward/enqueue.ts";
import { meter } from "../metrics/meter.ts";
import { applyUnpacked } from "./apply-message.ts";
import { confirmStored } from "./confirm-stored.ts";
import { spillMessages } from "./spill-messages.ts";
import { isPoison } from "./statements.ts";
import { tierOf } from "./tier-of.ts";
import { type UnpackedMessage, unpackMessage } from "./unpacked-message.ts";

/** A message is tried again after this long, twice as long each time. */
const RETRY_SECONDS = 2;

/**
 * Before each write: where database and queue are of the same process, as on one's own machine, their answers are there at once, and
 * without a timer in between no request is heard before the whole batch is stored.
 */
const BREATH_MS = 1;

interface Taken {
  message: Message<DeliveryMessage>;
  unpacked: UnpackedMessage;
}

/**
 * Stores a batch of messages and tells each stream which of its own are stored: one by one as hot rows (D1 has one writer), or
 * those of a service together as a segment of the archive.
 *
 * A message that was applied before is confirmed again: its first confirmation may have been lost.
 */
export async function onRecords(batch: MessageBatch<DeliveryMessage>, env: Env): Promise<void> {
  const services = new Map<string, Taken[]>();
  const stored: DeliveryMessage[] = [];
  const settle = (taken: readonly Taken[]): void => {
    for (const { message } of taken) {
      stored.push(message.body);
      message.ack();
    }
  };
  for (const message of batch.messages) {
    await orGiveBack(env, [message], async () => {
      const unpacked = await unpackMessage(env, message.body);
      const known = services.get(unpacked.service) ?? [];
      known.push({ message, unpacked });
      services.set(unpacked.service, known);
    });
  }
  for (const taken of services.values()) {
    await orGiveBack(
      env,
      taken.map(({ message }) => message),
      async () => {
        await enqueueForwards(
          env,
          taken.map(({ message }) => message.body),
        );
        await store(env, taken, settle);
      },
    );
  }
  await confirmStored(env, stored);
}

/** The messages of one service. */
async function store(env: Env, taken: readonly Taken[], settle: (taken: readonly Taken[]) => void): Promise<void> {
  const messages = taken.map(({ unpacked }) => unpacked);
  const tier = await tierOf(env, messages, Date.now());
  if (tier !== "hot") {
    try {
      await spill(env, taken, settle);
      return;
    } catch (error) {
      if (!isPoison(error) || taken.length === 1) throw error;
    }
  }
  // One by one: the others do not fail with one of them.
  for (const one of taken) {
    await orGiveBack(env, [one.message], () =>
      tier === "hot" ? applyOne(env, one, settle) : spill(env, [one], settle),
    );
  }
}

async function spill(env: Env, taken: readonly Taken[], settle: (taken: readonly Taken[]) => void): Promise<void> {
  await scheduler.wait(BREATH_MS);
  const startMs = Date.now();
  const messages = taken.map(({ unpacked }) => unpacked);
  const spilled = await spillMessages(env, messages, startMs);
  countApplied("spilled", spilled, Date.now() - startMs);
  meter.count("weir_consumer_messages_total", { outcome: "applied_before" }, messages.length - spilled.length);
  settle(taken);
}

async function applyOne(env: Env, one: Taken, settle: (taken: readonly Taken[]) => void): Promise<void> {
  await scheduler.wait(BREATH_MS);
  const startMs = Date.now();
  const outcome = await applyUnpacked(env, one.unpacked, startMs);
  countApplied(outcome, [one.unpacked], Date.now() - startMs);
  settle([one]);
}

/** Runs `work`; where it fails, the messages come again, or are set aside if that cannot help. */
async function orGiveBack(
  env: Env,
  messages: readonly Message<DeliveryMessage>[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const message of messages) {
      const { service, shard, firstSeq, lastSeq, requestIds } = message.body;
      // Of several together nobody knows which one it was.
      if (isPoison(error) && messages.length === 1) {
        meter.count("weir_consumer_messages_total", { outcome: "poison" });
        logError("message_is_poison", { service, shard, firstSeq, lastSeq, requestIds, error });
        await streamOf(env, service, shard).fail({ firstSeq, lastSeq }, String(error), true);
        message.ack();
      } else {
        meter.count("weir_consumer_messages_total", { outcome: "retried" });
        const { attempts } = message;
        logWarning("message_not_applied", { service, shard, firstSeq, lastSeq, requestIds, attempts, error });
        message.retry({ delaySeconds: RETRY_SECONDS * 2 ** (message.attempts - 1) });
      }
    }
  }
}

function countApplied(outcome: string, messages: readonly UnpackedMessage[], tookMs: number): void {
  meter.count("weir_consumer_messages_total", { outcome }, messages.length);
  const records = messages.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0);
  if (outcome !== "applied_before") meter.count("weir_consumer_applied_records_total", {}, records);
  meter.observe("weir_consumer_apply_duration_seconds", tookMs / 1_000);
}
