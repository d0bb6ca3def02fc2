import type { GapFrame, HelloFrame, ProbeFrame } from "../core/live/frames.ts";
import { slotsJson, tallyJson } from "../core/live/tally-json.ts";
import type { PlacedRecord } from "../core/record-json.ts";
import type { Gathering } from "./gathering.ts";
import type { KeptPack } from "./recent-packs.ts";

/** The first frame of a service's socket: all that is kept of its counters. */
export function helloFrame(gathering: Gathering, service: string, nowMs: number): HelloFrame {
  const { acknowledged, stored, discarded, unconfirmed, shard, lastSeq } = gathering.position();
  const { counters } = gathering;
  return {
    type: "hello",
    service,
    shard,
    lastSeq,
    since: gathering.since(),
    atMs: nowMs,
    total: tallyJson(counters.total()),
    seconds: slotsJson(counters.secondsSince(0), 1),
    minutes: slotsJson(counters.minutesSince(0), 60),
    pipeline: { acknowledged, stored, discarded, unconfirmed },
  };
}

/** Asks when the newest record that was just shown is painted; undefined for one that did not come with these packs. */
export function probeFrame(newest: PlacedRecord, packs: readonly KeptPack[], nowMs: number): ProbeFrame | undefined {
  const { service, shard, seq, record } = newest;
  const pack = packs.find((one) => one.shard === shard && one.firstSeq <= seq && seq < one.firstSeq + one.count);
  if (!pack) return undefined;
  const isFine = record.subNs !== undefined || record.tsMs % 1_000 !== 0;
  return {
    type: "probe",
    service,
    shard,
    seq,
    recordMs: isFine ? record.tsMs : null,
    edgeMs: pack.receivedMs,
    streamMs: pack.streamMs,
    sentMs: nowMs,
  };
}

export const gapOf = (
  service: string,
  shard: number,
  first: number,
  last: number,
  reason: GapFrame["reason"],
): GapFrame => ({
  type: "gap",
  service,
  shard,
  first,
  last,
  count: last - first + 1,
  reason,
});
