import { BitReader, BitWriter } from "./bit-text.ts";
import { countChars, countsOf, countsText, isCount } from "./counts-text.ts";
import { HeavyHitters, Tally } from "./heavy-hitters.ts";
import { frontCoded, frontCodedBytes, valuesOf } from "./value-list.ts";

/** Brackets, commas and three numbers. */
const FRAME_BYTES = 72;

/**
 * A bit for each of the `known` values (is it a value here as well?), then JSON: the other values front-coded, the counts of all,
 * then, where it is not all zero: records that no count tells, of those the ones with too long a value, how often a value that
 * is not followed was missed, how often each value was.
 *
 * @param known values of another dimension that has many in common, by text; both sides have to have them
 */
export function hittersText(hitters: HeavyHitters, known: readonly Tally[] = []): string {
  const { missed } = hitters;
  const { isCommon, common, others, shared } = split(hitters, known);
  const ordered = [...common, ...others];
  const untold = ordered.reduce((rest, { count }) => rest - count, hitters.total);
  const parts: unknown[] = [
    frontCoded(
      others.map(({ value }) => value),
      shared,
    ),
    countsText(ordered.map(({ count }) => count)),
  ];
  if (untold > 0 || missed > 0) {
    parts.push(untold, hitters.long, missed);
    if (ordered.some((tally) => tally.known < missed))
      parts.push(countsText(ordered.map((tally) => missed - tally.known)));
  }
  return isCommon.text() + JSON.stringify(parts);
}

/** The text of the hitters takes no more bytes of UTF-8. */
export function maxHittersBytes(hitters: HeavyHitters, known: readonly Tally[] = []): number {
  const missedChars = countChars(hitters.missed);
  const { others, shared } = split(hitters, known);
  let bytes =
    FRAME_BYTES +
    Math.ceil(known.length / 6) +
    frontCodedBytes(
      others.map(({ value }) => value),
      shared,
    );
  for (const tally of hitters.tallies.values()) {
    bytes += countChars(tally.count) + (tally.known < hitters.missed ? missedChars : 1);
  }
  return bytes;
}

/** Reads what `hittersText` wrote; undefined when it is no such text. */
export function hittersOf(text: string, known: readonly Tally[] = []): HeavyHitters | undefined {
  const at = Math.ceil(known.length / 6);
  const membership = new BitReader(text.slice(0, at));
  const common = known.filter(() => membership.bits(1) === 1).map(({ value }) => value);
  const parts = jsonArray(text.slice(at));
  const others = Array.isArray(parts?.[0]) ? valuesOf(parts[0]) : undefined;
  if (!membership.isDone() || parts === undefined || others === undefined) return undefined;
  const values = [...common, ...others];
  const [, countText, untold = 0, long = 0, missed = 0, missedText] = parts;
  const counts = countsOf(countText, values.length);
  const misses = missedText === undefined ? values.map(() => 0) : countsOf(missedText, values.length);
  if (counts?.length !== values.length || misses?.length !== values.length) return undefined;
  if (!isCount(untold) || !isCount(long) || !isCount(missed) || long > untold) return undefined;
  const hitters = new HeavyHitters();
  Object.assign(hitters, { total: untold, long, missed });
  for (let i = 0; i < values.length; i++) {
    if (misses[i]! > missed) return undefined;
    hitters.tallies.set(values[i]!, new Tally(values[i]!, counts[i]!, missed - misses[i]!));
    hitters.total += counts[i]!;
  }
  return hitters.tallies.size === values.length && isCount(hitters.total) ? hitters : undefined;
}

interface Split {
  /** A bit for each of the known values. */
  isCommon: BitWriter;
  common: readonly Tally[];
  others: readonly Tally[];
  /** How many first characters each of the others shares with the one before it. */
  shared: readonly number[];
}

/** One walk along both sorted lists. */
function split(hitters: HeavyHitters, known: readonly Tally[]): Split {
  const own = hitters.byText();
  const sharedByText = hitters.sharedByText();
  const isCommon = new BitWriter();
  if (known.length === 0) return { isCommon, common: [], others: own, shared: sharedByText };
  const common: Tally[] = [];
  const others: Tally[] = [];
  const shared: number[] = [];
  let at = 0;
  let least = Number.POSITIVE_INFINITY;
  const takeOther = (): void => {
    others.push(own[at]!);
    shared.push(Math.min(least, sharedByText[at]!));
    least = Number.POSITIVE_INFINITY;
    at++;
  };
  for (const { value } of known) {
    while (at < own.length && own[at]!.value < value) takeOther();
    const isOwn = at < own.length && own[at]!.value === value;
    isCommon.bits(isOwn ? 1 : 0, 1);
    if (!isOwn) continue;
    // Sorted texts share with an earlier one what all between them share.
    least = Math.min(least, sharedByText[at]!);
    common.push(own[at++]!);
  }
  while (at < own.length) takeOther();
  return { isCommon, common, others, shared };
}

function jsonArray(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
