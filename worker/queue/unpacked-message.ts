import type { DeliveryMessage, MessageRange } from "../../core/delivery/message.ts";
import { unpackBytes } from "../../durable-objects/unpack.ts";
import { type Env, streamOf } from "../env.ts";
import { PackBytes } from "./pack-bytes.ts";

/** A message, fetched where it was too large to travel, and decompressed. */
export interface UnpackedMessage extends MessageRange {
  service: string;
  shard: number;
  /** When its first and its last pack was received. */
  receivedMs: number;
  lastReceivedMs: number;
  packs: PackBytes[];
}

/** Throws what the stream throws, and what makes a message poison: bytes that are no pack. */
export async function unpackMessage(env: Env, message: DeliveryMessage): Promise<UnpackedMessage> {
  const { service, shard, firstSeq, lastSeq } = message;
  const packs = message.packs ?? (await streamOf(env, service, shard).packs({ firstSeq, lastSeq }));
  return {
    service,
    shard,
    firstSeq,
    lastSeq,
    receivedMs: packs[0]!.receivedMs,
    lastReceivedMs: packs.at(-1)!.receivedMs,
    packs: packs.map((pack) => new PackBytes(unpackBytes(pack.body), pack.firstSeq)),
  };
}
