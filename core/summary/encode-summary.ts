import { BitWriter } from "./bit-text.ts";
import { COUNTED } from "./dimensions.ts";
import type { HeavyHitters } from "./heavy-hitters.ts";
import { bucketsText, distinctText } from "./sketch-text.ts";
import type { Summary } from "./summary.ts";

/** The stored form, as JSON: what did not occur is left out. Counts are texts of a BitWriter. */
export interface EncodedSummary {
  /** Version of this form. */
  v: 1;
  /** Records. */
  n: number;
  /** Records by index of LEVELS, then those without a level. */
  l?: string;
  /** Pairs of status and records, ascending. */
  s?: string;
  /** Bytes. */
  b?: number;
  /** Durations: sum in microseconds, highest in milliseconds, buckets. */
  d?: [number, number, string];
  /** Different addresses and users. */
  i?: string;
  u?: string;
  /** Heavy hitters by name of their dimension. */
  t?: Record<string, EncodedHitters>;
}

export interface EncodedHitters {
  /** Values, most frequent first. */
  v: string[];
  /** Their counts. */
  c: string;
  /** How often each may have been missed, when any was. */
  e?: string;
  /** How often a value that is not listed occurred at most. */
  m?: number;
  /** Records with a value too long to list. */
  l?: number;
  /** All records with the dimension that the counts do not tell, the long ones included. */
  o?: number;
}

/** Equal summaries give equal texts. */
export function encodeSummary(summary: Summary): string {
  const encoded: EncodedSummary = { v: 1, n: summary.count };
  if (summary.count > 0) encoded.l = countsText(summary.levels);
  if (summary.statuses.size > 0) encoded.s = countsText([...summary.statuses].sort(([a], [b]) => a - b).flat());
  if (summary.bytes > 0) encoded.b = summary.bytes;
  const { durations } = summary;
  if (durations.count > 0) encoded.d = [durations.sumUs, durations.maxMs, bucketsText(durations)];
  if (!summary.ips.isEmpty()) encoded.i = distinctText(summary.ips);
  if (!summary.users.isEmpty()) encoded.u = distinctText(summary.users);
  for (let i = 0; i < COUNTED.length; i++) {
    const hitters = summary.values[i]!;
    if (hitters.total === 0) continue;
    encoded.t ??= {};
    encoded.t[COUNTED[i]!] = encodeHitters(hitters);
  }
  return JSON.stringify(encoded);
}

function encodeHitters(hitters: HeavyHitters): EncodedHitters {
  const ranked = hitters.ranked();
  const counts = ranked.map(([, tally]) => tally.count);
  const encoded: EncodedHitters = { v: ranked.map(([value]) => value), c: countsText(counts) };
  if (ranked.some(([, tally]) => tally.missed > 0)) encoded.e = countsText(ranked.map(([, tally]) => tally.missed));
  if (hitters.missed > 0) encoded.m = hitters.missed;
  if (hitters.long > 0) encoded.l = hitters.long;
  const untold = hitters.total - counts.reduce((sum, count) => sum + count, 0);
  if (untold > 0) encoded.o = untold;
  return encoded;
}

function countsText(counts: readonly number[]): string {
  const writer = new BitWriter();
  for (const count of counts) writer.count(count);
  return writer.text();
}
