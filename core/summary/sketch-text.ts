import { BitReader, BitWriter } from "./bit-text.ts";
import { COLUMNS, DistinctSketch, EXACT_LIMIT, ROWS } from "./distinct-sketch.ts";
import { DurationSketch, HIGHEST_BUCKET, LOWEST_BUCKET } from "./duration-sketch.ts";
import { readSorted, writeSorted } from "./sorted-list.ts";

const HASHES = 2 ** 32;

/** The exact hashes, or column by column the rows that are set (or those that are not, where they are fewer). */
export function distinctText(sketch: DistinctSketch): string {
  const writer = new BitWriter();
  if (sketch.rows === undefined) {
    writer.bit(0);
    writeSorted(
      writer,
      Array.from(sketch.hashes!).sort((a, b) => a - b),
      HASHES,
    );
    return writer.text();
  }
  writer.bit(1);
  for (let column = 0; column < COLUMNS; column++) {
    const set: number[] = [];
    const unset: number[] = [];
    for (let row = 0; row < ROWS; row++) ((sketch.rows[row]! >>> column) & 1 ? set : unset).push(row);
    writer.bit(unset.length < set.length ? 1 : 0);
    writeSorted(writer, unset.length < set.length ? unset : set, ROWS);
  }
  return writer.text();
}

/** undefined: the text is not what `distinctText` writes. */
export function distinctOf(text: string): DistinctSketch | undefined {
  const reader = new BitReader(text);
  const sketch = new DistinctSketch();
  if (reader.bit() === 0) {
    const hashes = readSorted(reader, HASHES, EXACT_LIMIT);
    if (hashes === undefined) return undefined;
    sketch.hashes = new Set(hashes);
  } else {
    sketch.hashes = undefined;
    sketch.rows = new Uint32Array(ROWS);
    for (let column = 0; column < COLUMNS; column++) {
      const isInverted = reader.bit() === 1;
      const listed = readSorted(reader, ROWS, ROWS);
      if (listed === undefined) return undefined;
      for (const row of listed) sketch.rows[row]! |= 1 << column;
      if (isInverted) for (let row = 0; row < ROWS; row++) sketch.rows[row]! ^= 1 << column;
    }
  }
  return reader.isDone() ? sketch : undefined;
}

/** Zeros, first bucket, then a count a bucket; a run of empty buckets is 0 and its length. */
export function bucketsText(sketch: DurationSketch): string {
  const writer = new BitWriter();
  writer.count(sketch.zeros);
  writer.count(sketch.first - LOWEST_BUCKET);
  writer.count(sketch.counts.length);
  for (let i = 0; i < sketch.counts.length; i++) {
    writer.count(sketch.counts[i]!);
    if (sketch.counts[i] !== 0) continue;
    let run = 1;
    while (sketch.counts[i + run] === 0) run++;
    writer.count(run);
    i += run - 1;
  }
  return writer.text();
}

/** undefined: the texts and numbers are not those of a sketch. */
export function durationsFrom(text: string, sumUs: number, maxMs: number): DurationSketch | undefined {
  const reader = new BitReader(text);
  const sketch = new DurationSketch();
  sketch.sumUs = sumUs;
  sketch.maxMs = maxMs;
  sketch.zeros = reader.count();
  sketch.first = LOWEST_BUCKET + reader.count();
  const length = reader.count();
  if (reader.isBad || sketch.first + length > HIGHEST_BUCKET + 1) return undefined;
  while (sketch.counts.length < length) {
    const count = reader.count();
    const run = count === 0 ? reader.count() : 1;
    if (reader.isBad || run === 0 || sketch.counts.length + run > length) return undefined;
    for (let i = 0; i < run; i++) sketch.counts.push(count);
  }
  sketch.count = sketch.counts.reduce((sum, count) => sum + count, sketch.zeros);
  return reader.isDone() && Number.isSafeInteger(sketch.count) && sketch.count > 0 ? sketch : undefined;
}
