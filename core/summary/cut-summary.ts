import { COUNTED, type Counted } from "./dimensions.ts";
import { encodeSummary } from "./encode-summary.ts";
import type { HeavyHitters } from "./heavy-hitters.ts";
import type { Summary } from "./summary.ts";

/** What a stored summary may hold. */
export interface SummaryLimits {
  /** Values a dimension. */
  capacity: (dimension: Counted) => number;
  /** Length of the encoded text in bytes of UTF-8. */
  maxBytes: number;
}

const OPEN: ReadonlySet<Counted> = new Set(["path", "pathTemplate", "ip", "referrer"]);

/** A service-minute: a day of them stays under 12 MB whatever the lines are. */
export const MINUTE_LIMITS: SummaryLimits = {
  capacity: (dimension) => (OPEN.has(dimension) ? 64 : 32),
  maxBytes: 8 * 1024,
};
export const HOUR_LIMITS: SummaryLimits = { capacity: () => 1_000, maxBytes: 32 * 1024 };
export const DAY_LIMITS: SummaryLimits = { capacity: () => 2_000, maxBytes: 64 * 1024 };

/** Cuts the heavy hitters of a summary, which changes, to the limits: to the capacities, then the longest lists until the text fits. */
export function cutSummary(summary: Summary, limits: SummaryLimits): Summary {
  for (const [index, dimension] of COUNTED.entries()) summary.values[index]!.cut(limits.capacity(dimension));
  let over = utf8Length(encodeSummary(summary)) - limits.maxBytes;
  while (over > 0) {
    const longest = summary.values.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
    if (longest.tallies.size === 0) break;
    longest.cut(Math.floor(longest.tallies.size / 2));
    over = utf8Length(encodeSummary(summary)) - limits.maxBytes;
  }
  return summary;
}

function sizeOf(hitters: HeavyHitters): number {
  let size = 0;
  for (const value of hitters.tallies.keys()) size += utf8Length(value) + 4;
  return size;
}

/** Bytes of UTF-8; a surrogate counts 3, which is never too few. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7ff) length += 2;
    else if (unit > 0x7f) length++;
  }
  return length;
}
