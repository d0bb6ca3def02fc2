import { recordsOfPackText, splitPackText } from "../../core/delivery/pack-text.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { unpack } from "../../durable-objects/unpack.ts";
import { askShards, type Env } from "../env.ts";
import { unsettledServices } from "./services-of.ts";

/** Packs read of one stream for one question; what is beyond is told as a partial answer. */
const MAX_PACKS = 100;

/** Seqs of a pack that was read, and of which shard. */
export type HeldRange = [firstSeq: number, lastSeq: number, shard: number];

export interface MemoryRecords {
  found: PlacedRecord[];
  /** What was read, by service. */
  held: Map<string, HeldRange[]>;
  /** The streams hold more than was read: the newest packs were. */
  isCut: boolean;
}

/**
 * Records that are acknowledged but maybe not in the database yet. To be read before the database: a pack that is
 * confirmed in between is then found twice, and never missed.
 */
export async function memoryRecords(
  env: Env,
  service: string | undefined,
  { fromMs, toMs }: TimeRange,
  nowMs: number,
): Promise<MemoryRecords> {
  const services = await unsettledServices(env, service, nowMs);
  const memory: MemoryRecords = { found: [], held: new Map(), isCut: false };
  await Promise.all(
    services.map((name) =>
      askShards(env, name, async (stream, shard) => {
        const { packs, isCut } = await stream.unconfirmed(fromMs, toMs, MAX_PACKS);
        memory.isCut ||= isCut;
        const held = memory.held.get(name) ?? [];
        memory.held.set(name, held);
        for (const { firstSeq, count, body } of packs) {
          held.push([firstSeq, firstSeq + count - 1, shard]);
          recordsOfPackText(splitPackText(unpack(body))).forEach((record, at) => {
            if (record.tsMs >= fromMs && record.tsMs < toMs)
              memory.found.push({ service: name, shard, seq: firstSeq + at, record });
          });
        }
      }),
    ),
  );
  return memory;
}
