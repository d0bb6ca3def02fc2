import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { bitsAt, packBits } from "./runs.ts";

// DELTA_BINARY_PACKED: https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC
const BLOCK = 128;
const MINIBLOCKS = 4;
const MINIBLOCK = BLOCK / MINIBLOCKS;

/** Integers whose differences are at most 2^52 either way. */
export function writeDeltas(writer: ByteWriter, values: Float64Array): void {
  writer.varint(BLOCK);
  writer.varint(MINIBLOCKS);
  writer.varint(values.length);
  writer.zigzag(values[0] ?? 0);
  const deltas = new Float64Array(BLOCK);
  const narrow = new Uint32Array(MINIBLOCK);
  for (let from = 1; from < values.length; from += BLOCK) {
    const count = Math.min(BLOCK, values.length - from);
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < count; at++) {
      const delta = values[from + at]! - values[from + at - 1]!;
      deltas[at] = delta;
      if (delta < least) least = delta;
    }
    if (!Number.isSafeInteger(least)) throw new RangeError("only integers can be written as deltas");
    writer.zigzag(least);
    const widths: number[] = [];
    for (let start = 0; start < BLOCK; start += MINIBLOCK) {
      let most = 0;
      for (let at = start; at < start + MINIBLOCK; at++) {
        deltas[at] = at < count ? deltas[at]! - least : 0;
        if (deltas[at]! > most) most = deltas[at]!;
      }
      widths.push(widthOf(most));
    }
    for (const width of widths) writer.byte(width);
    for (let start = 0, mini = 0; start < count; start += MINIBLOCK, mini++)
      writeMini(writer, deltas.subarray(start, start + MINIBLOCK), narrow, widths[mini]!);
  }
}

const widthOf = (most: number): number =>
  most < 2 ** 32 ? (most === 0 ? 0 : 32 - Math.clz32(most)) : 64 - Math.clz32(Math.floor(most / 2 ** 32));

/** `narrow` is only room to work in. */
function writeMini(writer: ByteWriter, deltas: Float64Array, narrow: Uint32Array, width: number): void {
  const into = writer.extend((MINIBLOCK * width) / 8);
  if (width <= 32) {
    narrow.set(deltas);
    packBits(into, narrow, 0, MINIBLOCK, width);
    return;
  }
  let held = 0n;
  for (let at = MINIBLOCK - 1; at >= 0; at--) held = (held << BigInt(width)) | BigInt(deltas[at]!);
  for (let at = 0; at < into.length; at++) {
    into[at] = Number(held & 0xffn);
    held >>= 8n;
  }
}

export function readDeltas(reader: ByteReader, count: number): Float64Array {
  const block = reader.varint();
  const minis = reader.varint();
  const mini = block / minis;
  reader.varint();
  const values = new Float64Array(count);
  let value = reader.zigzag();
  if (count > 0) values[0] = value;
  for (let from = 1; from < count; from += block) {
    const least = reader.zigzag();
    const widths = reader.take(minis);
    for (let at = 0; at < minis && from + at * mini < count; at++) {
      const width = widths[at]!;
      const start = from + at * mini;
      const end = Math.min(start + mini, count);
      value =
        width <= 24
          ? addNarrow(reader, values, { start, end, width, least, value })
          : addWide(reader, values, { start, end, width, least, value });
      reader.at += (mini * width) / 8;
    }
  }
  return values;
}

interface Mini {
  start: number;
  end: number;
  width: number;
  least: number;
  /** The value before the first. */
  value: number;
}

/** Both give the last value, and do not move the reader. */
function addNarrow(
  { bytes, at }: ByteReader,
  values: Float64Array,
  { start, end, width, least, value: first }: Mini,
): number {
  const mask = 2 ** width - 1;
  let value = first;
  let byteAt = at;
  let held = 0;
  let heldBits = 0;
  for (let to = start; to < end; to++) {
    while (heldBits < width) {
      held |= bytes[byteAt++]! << heldBits;
      heldBits += 8;
    }
    value += least + (held & mask);
    values[to] = value;
    held >>>= width;
    heldBits -= width;
  }
  return value;
}

function addWide(reader: ByteReader, values: Float64Array, { start, end, width, least, value: first }: Mini): number {
  let value = first;
  for (let to = start; to < end; to++) {
    value += least + bitsAt(reader.bytes, reader.at, (to - start) * width, width);
    values[to] = value;
  }
  return value;
}
