import type { DeliveryMessage } from "../../core/delivery/message.ts";
import { type Env, streamOf } from "../env.ts";
import { forwardsOf } from "./forwards-of.ts";

/**
 * Puts the packs of a message on their way to wherever their service's records are also sent. Called before the message is stored, so that
 * none is stored and not sent: what throws here makes the message come again. At least once, therefore; each request carries a name
 * by which the other side can tell (`Idempotency-Key`).
 */
export async function enqueueForwards(env: Env, messages: readonly DeliveryMessage[]): Promise<void> {
  for (const { service, shard, firstSeq, lastSeq, packs: sent } of messages) {
    const forwards = await forwardsOf(env, service);
    if (forwards.length === 0) continue;
    const packs = sent ?? (await streamOf(env, service, shard).packs({ firstSeq, lastSeq }));
    for (const { id } of forwards) {
      for (const { firstSeq: first, count, body } of packs)
        await env.FORWARDS.send({ forwardId: id, service, shard, firstSeq: first, count, body }, { contentType: "v8" });
    }
  }
}
