import { signal } from "@preact/signals";
import type { RecordJson } from "../../core/record-json.ts";
import { serverNowMs } from "./clock.ts";

/** Of how many records the median is shown. */
const SAMPLES = 64;
/** A record older than this was not sent as it happened: its age says nothing of the way. */
const FRESH_MS = 10_000;

/** Median time from a record's own moment to this screen; undefined while no record was fresh. */
export const seenAfterMs = signal<number | undefined>(undefined);

const samples: number[] = [];

/**
 * Measures records that are about to be painted. Only those count that know their moment to the millisecond: a time
 * in whole seconds would add half a second that nobody waited for.
 */
export function measureSeen(records: readonly RecordJson[]): void {
  const seenMs = serverNowMs();
  const before = samples.length;
  for (const { time } of records) {
    const ownMs = Date.parse(time);
    const ageMs = seenMs - ownMs;
    if (ownMs % 1_000 === 0 || ageMs < 0 || ageMs > FRESH_MS) continue;
    samples.push(ageMs);
  }
  if (samples.length === before) return;
  samples.splice(0, samples.length - SAMPLES);
  seenAfterMs.value = Math.round(samples.toSorted((a, b) => a - b)[samples.length >> 1]!);
}
