import type { NumberStats, SegmentStats } from "../query/prune-of.ts";
import { type Footer, footerLength, readFooter, TAIL_BYTES } from "./parquet/footer.ts";
import { mayContainOf } from "./word-filter.ts";
import { SERVICE_NOTE, WORDS_NOTE } from "./write-segment.ts";

/** The footer of a segment and what it says of each row group. */
export interface SegmentIndex {
  footer: Footer;
  /** By row group, for pruneOf. */
  stats: SegmentStats[];
  /** Bytes of the footer, for caches. */
  bytes: number;
}

/** How many bytes at the end hold the footer; undefined where these are not the end of a Parquet object. */
export function tailLength(tail: Uint8Array): number | undefined {
  const length = tail.length < TAIL_BYTES ? undefined : footerLength(tail);
  return length === undefined ? undefined : length + TAIL_BYTES;
}

/** Reads the end of an object: at least as many bytes as `tailLength` says. Throws a RangeError on what no segment is. */
export function indexOf(tail: Uint8Array): SegmentIndex {
  const length = tailLength(tail);
  if (length === undefined || length > tail.length) throw new RangeError("not the end of a Parquet object");
  const footer = readFooter(tail.subarray(tail.length - length, tail.length - TAIL_BYTES));
  const words = JSON.parse(footer.notes[WORDS_NOTE] ?? "[]") as (string | null)[];
  return { footer, stats: footer.groups.map((_, at) => statsOf(footer, at, words[at])), bytes: length };
}

function statsOf(footer: Footer, group: number, words: string | null | undefined): SegmentStats {
  const rangeOf = (name: string): NumberStats => {
    const at = footer.columns.findIndex((column) => column.name === name);
    const chunk = footer.groups[group]!.chunks[at];
    return { min: chunk?.min, max: chunk?.max, hasGaps: chunk === undefined || chunk.nulls > 0 };
  };
  const time = rangeOf("time");
  return {
    service: footer.notes[SERVICE_NOTE],
    minMs: time.min,
    maxMs: time.max,
    numbers: { status: rangeOf("status"), bytes: rangeOf("bytes"), durationMs: rangeOf("duration_ms") },
    ...(words ? { mayContain: mayContainOf(words) } : {}),
  };
}
