import { recordsOfPackText, splitPackText } from "../../core/delivery/pack-text.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { unpack } from "../../durable-objects/unpack.ts";
import { type Env, streamOf } from "../env.ts";
import { unsettledServices } from "./services-of.ts";

/** Packs read of one stream for one question; what is beyond is told as a partial answer. */
const MAX_PACKS = 100;

export interface MemoryRecords {
  found: PlacedRecord[];
  /** Seqs of the packs that were read, by service. */
  held: Map<string, [firstSeq: number, lastSeq: number][]>;
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
  const answers = await Promise.all(services.map((name) => streamOf(env, name).unconfirmed(fromMs, toMs, MAX_PACKS)));
  const found: PlacedRecord[] = [];
  const held: MemoryRecords["held"] = new Map();
  answers.forEach(({ packs }, at) => {
    held.set(
      services[at]!,
      packs.map(({ firstSeq, count }) => [firstSeq, firstSeq + count - 1]),
    );
    for (const { firstSeq, body } of packs) {
      recordsOfPackText(splitPackText(unpack(body))).forEach((record, index) => {
        if (record.tsMs >= fromMs && record.tsMs < toMs)
          found.push({ service: services[at]!, shard: 0, seq: firstSeq + index, record });
      });
    }
  });
  return { found, held, isCut: answers.some(({ isCut }) => isCut) };
}
