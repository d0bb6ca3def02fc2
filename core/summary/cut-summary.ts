import { countChars } from "./counts-text.ts";
import { COUNTED, type Counted } from "./dimensions.ts";
import { maxDistinctChars } from "./distinct-text.ts";
import { maxBucketsChars } from "./durations-text.ts";
import { maxHittersBytes } from "./hitters-text.ts";
import { knownValues } from "./sections.ts";
import type { Summary } from "./summary.ts";

/** What a stored summary may hold. */
export interface SummaryLimits {
  /** Values a dimension. */
  capacity: (dimension: Counted) => number;
  /** Length of the encoded text in bytes of UTF-8. */
  maxBytes: number;
}

/** What the top lists can count on, whatever the sketches take. */
const BYTES_FOR_VALUES = 2_560;
/** Buckets of durations 1 : 25,000 apart; only reached when the sketches would crowd out the top lists. */
const FEW_BUCKETS = 512;
/** Names of sections, line breaks, version, counts, bytes and sum and highest duration, at their longest. */
const FRAME_BYTES = 300;

/**
 * Makes a summary, which changes, fit its limits. First values are cut to the capacities; then, if the text could still be too
 * long, sketches that crowd out the values are made coarser, and the longest lists of values shorter. Every error bound grows with it.
 */
export function cutSummary(summary: Summary, limits: SummaryLimits): Summary {
  for (const [index, dimension] of COUNTED.entries()) summary.values[index]?.cut(limits.capacity(dimension));
  const forSketches = limits.maxBytes - BYTES_FOR_VALUES;
  while (sketchBytes(summary) > forSketches && foldLarger(summary));
  if (sketchBytes(summary) > forSketches) summary.durations.collapse(FEW_BUCKETS);

  const forValues = limits.maxBytes - sketchBytes(summary);
  const sizes = COUNTED.map((_, index) => valuesBytes(summary, index));
  for (;;) {
    const over = sizes.reduce((sum, size) => sum + size, 0) - forValues;
    const longest = sizes.indexOf(Math.max(...sizes));
    const hitters = summary.values[longest];
    if (over <= 0 || hitters === undefined || hitters.tallies.size === 0) return summary;
    // No list gives more than half at a time: the next one may be the longest then.
    const keep = Math.max(0.5, 1 - over / sizes[longest]!);
    hitters.cut(Math.min(hitters.tallies.size - 1, Math.floor(hitters.tallies.size * keep)));
    sizes[longest] = valuesBytes(summary, longest);
    // Its text leaves out what the paths tell.
    sizes[TEMPLATE] = valuesBytes(summary, TEMPLATE);
  }
}

const TEMPLATE = COUNTED.indexOf("pathTemplate");

function valuesBytes(summary: Summary, index: number): number {
  const hitters = summary.values[index];
  return hitters === undefined ? 0 : maxHittersBytes(hitters, knownValues(summary, COUNTED[index]!));
}

/** At most so many bytes are not values. */
function sketchBytes({ statuses, durations, ips, users }: Summary): number {
  let bytes = FRAME_BYTES;
  for (const count of statuses.values()) bytes += 2 + countChars(count);
  return bytes + maxBucketsChars(durations) + maxDistinctChars(ips) + maxDistinctChars(users);
}

/** Folds the sketch with the longer text; false when neither can be folded further. */
function foldLarger({ ips, users }: Summary): boolean {
  const larger = maxDistinctChars(users) >= maxDistinctChars(ips) ? users : ips;
  const rows = larger.matrix?.length;
  larger.fold();
  return larger.matrix?.length !== rows;
}
