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
  const narrow = new Uint32Array(BLOCK);
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
    for (let at = 0; at < BLOCK; at++) {
      deltas[at] = at < count ? deltas[at]! - least : 0;
      narrow[at] = deltas[at]!;
    }
    const widthsAt = writer.extend(MINIBLOCKS);
    for (let mini = 0; mini < MINIBLOCKS; mini++) {
      const start = mini * MINIBLOCK;
      const width = widthOf(mostOf(deltas, start));
      writer.room[widthsAt + mini] = width;
      if (start >= count) continue;
      const at = writer.extend((MINIBLOCK * width) / 8);
      if (width > 32) packWide(writer.room, at, deltas.subarray(start, start + MINIBLOCK), width);
      else packBits(writer.room, at, narrow, { from: start, to: start + MINIBLOCK, bits: width });
    }
  }
}

function mostOf(deltas: Float64Array, start: number): number {
  let most = 0;
  for (let at = start; at < start + MINIBLOCK; at++) if (deltas[at]! > most) most = deltas[at]!;
  return most;
}

const widthOf = (most: number): number =>
  most < 2 ** 32 ? (most === 0 ? 0 : 32 - Math.clz32(most)) : 64 - Math.clz32(Math.floor(most / 2 ** 32));

function packWide(into: Uint8Array, start: number, deltas: Float64Array, width: number): void {
  let held = 0n;
  for (let at = MINIBLOCK - 1; at >= 0; at--) held = (held << BigInt(width)) | BigInt(deltas[at]!);
  for (let at = start; at < start + (MINIBLOCK * width) / 8; at++) {
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
