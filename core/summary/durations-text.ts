import { BitReader, BitWriter } from "./bit-text.ts";
import { countChars } from "./counts-text.ts";
import { DurationSketch, HIGHEST_BUCKET, LOWEST_BUCKET } from "./duration-sketch.ts";

/** Zeros, number of buckets, first bucket, then a count a bucket; a run of empty buckets is 0 and its length. */
export function bucketsText(sketch: DurationSketch): string {
  const writer = new BitWriter();
  const { counts } = sketch;
  writer.count(sketch.zeros);
  writer.count(counts.length);
  if (counts.length > 0) writer.count(sketch.first - LOWEST_BUCKET);
  for (let i = 0; i < counts.length; i++) {
    writer.count(counts[i]!);
    if (counts[i] !== 0) continue;
    let run = 1;
    while (counts[i + run] === 0) run++;
    writer.count(run);
    i += run - 1;
  }
  return writer.text();
}

/** The text of the buckets is not longer. */
export function maxBucketsChars(sketch: DurationSketch): number {
  let chars = countChars(sketch.zeros) + 6;
  for (let i = 0; i < sketch.counts.length; i++) {
    // A run of empty buckets takes at most four characters, however long it is.
    if (sketch.counts[i] !== 0) chars += countChars(sketch.counts[i]!);
    else if (sketch.counts[i - 1] !== 0) chars += 4;
  }
  return chars;
}

/** Reads what `bucketsText` wrote; undefined when it is no such text. */
export function bucketsOf(text: string): DurationSketch | undefined {
  const reader = new BitReader(text);
  const sketch = new DurationSketch();
  sketch.zeros = reader.count();
  const length = reader.count();
  sketch.first = length > 0 ? LOWEST_BUCKET + reader.count() : 0;
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
