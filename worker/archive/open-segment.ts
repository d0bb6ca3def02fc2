import type { ReadRanges } from "../../core/segment/group-reader.ts";
import { indexOf, type SegmentIndex, tailLength } from "../../core/segment/open-segment.ts";
import { WORDS_NOTE } from "../../core/segment/write-segment.ts";
import type { Env } from "../env.ts";
import { ByteCache } from "./byte-cache.ts";
import type { SegmentRow } from "./segment-row.ts";

/** Read whole at once: a segment of one row group takes two or three requests otherwise, which cost more than its bytes. */
export const WHOLE_BYTES = 1_000_000;
/** The footer is nearly always in the last 32nd of an object, between these bounds. */
const TAIL_SHARE = 1 / 32;
const MIN_TAIL_BYTES = 64 * 1_024;
const MAX_TAIL_BYTES = 512 * 1_024;
/** Ranges that are this close are read as one: a request takes as long as some hundred thousand bytes of it. */
const MAX_GAP = 256 * 1_024;

// Objects never change under their key, so these never grow old. An isolate has 128 MB for everything.
const indexes = new ByteCache<SegmentIndex>(16_000_000);
const objects = new ByteCache<Uint8Array>(8_000_000);

export interface OpenSegment {
  index: SegmentIndex;
  read: ReadRanges;
}

/** An object that the database names is not in the bucket, or is no segment. */
class SegmentUnreadable extends Error {}

/** Reads the footer of a segment, or remembers it; the rest is read when it is asked for. */
export async function openSegment(
  { ARCHIVE }: Env,
  { key, bytes }: Pick<SegmentRow, "key" | "bytes">,
): Promise<OpenSegment> {
  const whole = bytes <= WHOLE_BYTES ? await wholeObject(ARCHIVE, key) : undefined;
  const read: ReadRanges = whole
    ? async (ranges) => ranges.map(({ offset, bytes: length }) => whole.subarray(offset, offset + length))
    : (ranges) => readRanges(ARCHIVE, key, ranges);
  let index = indexes.get(key);
  if (!index) {
    index = indexFrom(key, whole ?? (await readTail(ARCHIVE, key, bytes)));
    // The stats have it decoded, and it is most of a footer.
    delete index.footer.notes[WORDS_NOTE];
    indexes.set(key, index, index.bytes * 2);
  }
  return { index, read };
}

function indexFrom(key: string, tail: Uint8Array): SegmentIndex {
  try {
    return indexOf(tail);
  } catch (error) {
    throw new SegmentUnreadable(`${key}: ${error}`);
  }
}

/** All of an object. Throws where it is not there. */
export async function wholeObject(bucket: R2Bucket, key: string): Promise<Uint8Array> {
  const known = objects.get(key);
  if (known) return known;
  const object = await readRange(bucket, key);
  if (object.length <= WHOLE_BYTES) objects.set(key, object, object.length);
  return object;
}

async function readTail(bucket: R2Bucket, key: string, bytes: number): Promise<Uint8Array> {
  const guess = Math.min(bytes, Math.max(MIN_TAIL_BYTES, Math.min(bytes * TAIL_SHARE, MAX_TAIL_BYTES)));
  const first = Math.floor(guess);
  const tail = await readRange(bucket, key, { offset: bytes - first, length: first });
  const length = tailLength(tail);
  if (length === undefined || length <= tail.length) return tail;
  return readRange(bucket, key, { offset: bytes - length, length });
}

async function readRange(
  bucket: R2Bucket,
  key: string,
  range?: { offset: number; length: number },
): Promise<Uint8Array> {
  const object = await bucket.get(key, range ? { range } : {});
  if (!object) throw new SegmentUnreadable(`${key}: not in the bucket`);
  return new Uint8Array(await object.arrayBuffer());
}

/** Near ones together, all at the same time. */
async function readRanges(bucket: R2Bucket, key: string, ranges: Parameters<ReadRanges>[0]): Promise<Uint8Array[]> {
  const spans: { from: number; to: number }[] = [];
  for (const { offset, bytes } of ranges.toSorted((a, b) => a.offset - b.offset)) {
    const last = spans.at(-1);
    if (last && offset - last.to <= MAX_GAP) last.to = Math.max(last.to, offset + bytes);
    else spans.push({ from: offset, to: offset + bytes });
  }
  const read = await Promise.all(
    spans.map(({ from, to }) => readRange(bucket, key, { offset: from, length: to - from })),
  );
  return ranges.map(({ offset, bytes }) => {
    const at = spans.findIndex(({ from, to }) => from <= offset && offset + bytes <= to);
    return read[at]!.subarray(offset - spans[at]!.from, offset - spans[at]!.from + bytes);
  });
}
