import { countChars, countsOf, countsText, isCount } from "./counts-text.ts";
import { byCount, HeavyHitters, MAX_VALUE_CHARS, Tally } from "./heavy-hitters.ts";

/**
 * JSON: values (most frequent first), their counts, then, where it is not all zero: records that no count tells, of those the ones
 * with too long a value, how often a value that is not followed was missed, how often each value was.
 */
export function hittersText(hitters: HeavyHitters): string {
  const ranked = [...hitters.tallies.values()].sort(byCount);
  const untold = ranked.reduce((rest, { count }) => rest - count, hitters.total);
  const parts: unknown[] = [ranked.map(({ value }) => value), countsText(ranked.map(({ count }) => count))];
  if (untold > 0 || hitters.missed > 0) {
    parts.push(untold, hitters.long, hitters.missed);
    const missed = ranked.map(({ known }) => hitters.missed - known);
    if (missed.some((count) => count > 0)) parts.push(countsText(missed));
  }
  return JSON.stringify(parts);
}

/** The text of the hitters takes no more bytes of UTF-8. */
export function maxHittersBytes(hitters: HeavyHitters): number {
  const missedChars = countChars(hitters.missed);
  let bytes = 72;
  for (const { value, count, known } of hitters.tallies.values()) {
    bytes += jsonBytes(value) + countChars(count) + (known < hitters.missed ? missedChars : 1);
  }
  return bytes;
}

/** Reads what `hittersText` wrote; undefined when it is no such text. */
export function hittersOf(text: string): HeavyHitters | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || !Array.isArray(parts[0])) return undefined;
  const [values, countText, untold = 0, long = 0, missed = 0, missedText] = parts as [unknown[], ...unknown[]];
  const counts = countsOf(countText, values.length);
  const misses = missedText === undefined ? values.map(() => 0) : countsOf(missedText, values.length);
  if (counts?.length !== values.length || misses?.length !== values.length) return undefined;
  if (!isCount(untold) || !isCount(long) || !isCount(missed) || long > untold) return undefined;
  const hitters = new HeavyHitters();
  Object.assign(hitters, { total: untold, long, missed });
  for (const [index, value] of values.entries()) {
    if (typeof value !== "string" || value.length > MAX_VALUE_CHARS || misses[index]! > missed) return undefined;
    hitters.tallies.set(value, new Tally(value, counts[index]!, missed - misses[index]!));
    hitters.total += counts[index]!;
  }
  return hitters.tallies.size === values.length && isCount(hitters.total) ? hitters : undefined;
}

/** Bytes of a text in JSON at most: a control character takes 6, and so does each half of a surrogate pair that JSON escapes. */
function jsonBytes(text: string): number {
  let bytes = text.length + 3;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || (unit >= 0xd800 && unit < 0xe000)) bytes += 5;
    else if (unit > 0x7ff) bytes += 2;
    else if (unit > 0x7f || unit === 0x22 || unit === 0x5c) bytes++;
  }
  return bytes;
}
