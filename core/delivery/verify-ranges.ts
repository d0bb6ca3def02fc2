import type { MessageRange } from "./message.ts";

/** What a list of applied ranges says about completeness. */
export interface Completeness {
  isComplete: boolean;
  /** Records in the ranges, each counted once. */
  records: number;
  /** The highest seq applied, 0 for none. */
  lastSeq: number;
  /** Seqs between 1 and `expectedSeq` that no range has: not stored yet, or lost. */
  gaps: MessageRange[];
  /** Seqs that two ranges have: stored twice. */
  overlaps: MessageRange[];
  /** Ranges that a person gave up: neither stored nor missing. */
  discarded: MessageRange[];
}

/** One row of the ledger. */
export interface LedgerRange extends MessageRange {
  isDiscarded?: boolean;
}

/**
 * Proves or disproves that ranges cover 1 to `expectedSeq` once each.
 *
 * @param ranges ascending by first seq, as the ledger's key has them
 */
export function verifyRanges(ranges: Iterable<LedgerRange>, expectedSeq: number): Completeness {
  const gaps: MessageRange[] = [];
  const overlaps: MessageRange[] = [];
  const discarded: MessageRange[] = [];
  let lastSeq = 0;
  let records = 0;
  for (const { firstSeq, lastSeq: rangeEnd, isDiscarded } of ranges) {
    if (firstSeq > lastSeq + 1) gaps.push({ firstSeq: lastSeq + 1, lastSeq: firstSeq - 1 });
    if (firstSeq <= lastSeq) overlaps.push({ firstSeq, lastSeq: Math.min(lastSeq, rangeEnd) });
    if (isDiscarded) discarded.push({ firstSeq, lastSeq: rangeEnd });
    else records += Math.max(0, rangeEnd - Math.max(lastSeq, firstSeq - 1));
    lastSeq = Math.max(lastSeq, rangeEnd);
  }
  if (lastSeq < expectedSeq) gaps.push({ firstSeq: lastSeq + 1, lastSeq: expectedSeq });
  return { isComplete: gaps.length === 0 && overlaps.length === 0, records, lastSeq, gaps, overlaps, discarded };
}
