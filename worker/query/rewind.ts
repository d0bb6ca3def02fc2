import type { Filter } from "../../core/query/filter.ts";
import { predicateOf } from "../../core/query/predicate-of.ts";
import { type RecordJson, recordJson } from "../../core/record-json.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { placedRecords } from "../../durable-objects/recent-packs.ts";
import { askShards, type Env } from "../env.ts";

export interface Rewound {
  /** In the order in which they were received; the newest where there are more than the limit. */
  records: RecordJson[];
  /** Records looked at. */
  scanned: number;
  /** From when on the streams' memory is whole: ISO 8601, or null where it holds nothing. */
  heldFrom: string | null;
  /** More matched, or memory held more than one answer carries. */
  partial?: true;
}

/** What was received in a range of the last 15 minutes, from the streams' memory; no query touches the database. */
export async function rewind(
  env: Env,
  service: string,
  { fromMs, toMs }: TimeRange,
  filter: Filter | undefined,
  limit: number,
  nowMs: number,
): Promise<Rewound> {
  const answers = await askShards(env, service, (stream) => stream.rewind(fromMs, toMs));
  const matches = filter ? predicateOf(filter, nowMs) : () => true;
  const packs = answers.flatMap(({ packs: held }) => held).toSorted((a, b) => b.receivedMs - a.receivedMs);
  const found: RecordJson[] = [];
  let scanned = 0;
  for (const pack of packs) {
    if (found.length > limit) break;
    const records = placedRecords(service, pack);
    scanned += records.length;
    for (const placed of records.toReversed())
      if (matches(placed.record, service)) found.push(recordJson(placed, "memory"));
  }
  const heldFromMs = answers.flatMap((answer) => answer.heldFromMs ?? []);
  const isPartial = found.length > limit || answers.some(({ isCut }) => isCut);
  return {
    records: found.slice(0, limit).toReversed(),
    scanned,
    heldFrom: heldFromMs.length === 0 ? null : new Date(Math.max(...heldFromMs)).toISOString(),
    ...(isPartial && { partial: true }),
  };
}
