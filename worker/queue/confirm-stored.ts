import type { Confirmation, DeliveryMessage } from "../../core/delivery/message.ts";
import { logWarning } from "../../durable-objects/log.ts";
import { type Env, streamOf } from "../env.ts";

/** Tells each stream which of its messages the database has; one call a stream. */
export async function confirmStored(env: Env, stored: readonly DeliveryMessage[]): Promise<void> {
  const streams = new Map<string, { service: string; shard: number; messages: Confirmation[] }>();
  for (const { service, shard, firstSeq, lastSeq, sentMs } of stored) {
    const key = `${service}/${shard}`;
    const known = streams.get(key) ?? { service, shard, messages: [] };
    known.messages.push({ firstSeq, lastSeq, sentMs });
    streams.set(key, known);
  }
  await Promise.all(
    [...streams.values()].map(({ service, shard, messages }) => confirm(env, service, shard, messages)),
  );
}

async function confirm(env: Env, service: string, shard: number, messages: Confirmation[]): Promise<void> {
  try {
    await streamOf(env, service, shard).confirm(messages);
  } catch (error) {
    // The stream sends them again, the ledger knows them, and they are confirmed then.
    logWarning("confirmation_lost", { service, shard, error });
  }
}
