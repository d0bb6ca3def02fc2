import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

// Parquet's hybrid of run-length and bit-packed groups of eight, used for dictionary codes and for definition levels:
// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE

/** A repeated value is worth a run from this length on. */
const MIN_RUN = 16;

/** `length` times 0 or 1, as `writeRuns` would write it. */
export function writeOneRun(writer: ByteWriter, value: 0 | 1, length: number): void {
  writer.varint(length * 2);
  writer.byte(value);
}

/** How many bits a value up to `max` takes. */
export const bitsOf = (max: number): number => (max === 0 ? 0 : 32 - Math.clz32(max));

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** The narrowest array for values up to `max`. */
export const codesFor = (max: number, length: number): Codes =>
  max < 2 ** 8 ? new Uint8Array(length) : max < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);

export function writeRuns(writer: ByteWriter, values: Uint32Array, bits: number): void {
  const { length } = values;
  let packedFrom = 0;
  let at = 0;
  while (at < length) {
    const value = values[at]!;
    let end = at + 1;
    while (end < length && values[end] === value) end++;
    // A bit-packed stretch ends on a multiple of eight; the run gives it what is missing.
    const runFrom = at + ((8 - ((at - packedFrom) & 7)) & 7);
    if (end - runFrom >= MIN_RUN) {
      writePacked(writer, values, packedFrom, runFrom, bits);
      writer.varint((end - runFrom) * 2);
      for (let shift = 0; shift < bits; shift += 8) writer.byte((value >>> shift) & 0xff);
      packedFrom = end;
    }
    at = end;
  }
  writePacked(writer, values, packedFrom, length, bits);
}

function writePacked(writer: ByteWriter, values: Uint32Array, from: number, to: number, bits: number): void {
  if (from >= to) return;
  const groups = Math.ceil((to - from) / 8);
  writer.varint(groups * 2 + 1);
  const start = writer.extend(groups * bits);
  packBits(writer.room, start, values, { from, to, bits });
}

interface Stretch {
  from: number;
  to: number;
  /** Of each value, up to 32. */
  bits: number;
}

/** Values one after the other, the lowest first, into zeroed bytes from `start` on. */
export function packBits(into: Uint8Array, start: number, values: Uint32Array, { from, to, bits }: Stretch): void {
  let held = 0;
  let heldBits = 0;
  let byteAt = start;
  for (let at = from; at < to; at++) {
    let value = values[at]!;
    let left = bits;
    // Fewer than 8 bits are held here, so 24 more fit.
    if (left > 24) {
      held |= (value & 0xffffff) << heldBits;
      for (let n = 0; n < 3; n++) {
        into[byteAt++] = held;
        held >>>= 8;
      }
      value >>>= 24;
      left -= 24;
    }
    held |= value << heldBits;
    heldBits += left;
    while (heldBits >= 8) {
      into[byteAt++] = held;
      held >>>= 8;
      heldBits -= 8;
    }
  }
  if (heldBits > 0) into[byteAt] = held;
}

/** Fills `into` from its start. */
export function readRuns(reader: ByteReader, bits: number, into: Codes): void {
  const { length } = into;
  let at = 0;
  while (at < length) {
    const header = reader.varint();
    if (header & 1) {
      const count = (header >>> 1) * 8;
      readPacked(reader, bits, into, at, Math.min(count, length - at));
      reader.at += ((header >>> 1) * bits) | 0;
      at += count;
    } else {
      let value = 0;
      for (let shift = 0; shift < bits; shift += 8) value |= reader.byte() << shift;
      const count = header >>> 1;
      into.fill(value, at, Math.min(at + count, length));
      at += count;
    }
  }
}

/** Does not move the reader. */
function readPacked(
  { bytes, view, at: from }: ByteReader,
  bits: number,
  into: Codes,
  start: number,
  count: number,
): void {
  if (bits === 0) {
    into.fill(0, start, start + count);
    return;
  }
  if (bits === 8) {
    into.set(bytes.subarray(from, from + count), start);
    return;
  }
  // Four bytes hold a value of up to 24 bits wherever it begins; the last few values may have fewer after them.
  const whole = bits <= 24 ? Math.max(0, Math.min(count, Math.floor(((view.byteLength - from - 4) * 8) / bits))) : 0;
  const mask = 2 ** bits - 1;
  for (let at = 0, bitAt = 0; at < whole; at++, bitAt += bits)
    into[start + at] = (view.getUint32(from + (bitAt >>> 3), true) >>> (bitAt & 7)) & mask;
  for (let at = whole; at < count; at++) into[start + at] = bitsAt(bytes, from, at * bits, bits);
}

/** Up to 53 bits from a place counted in bits. */
export function bitsAt(bytes: Uint8Array, from: number, bitAt: number, bits: number): number {
  let value = 0;
  let factor = 1;
  let left = bits;
  let byteAt = from + Math.floor(bitAt / 8);
  let skip = bitAt % 8;
  while (left > 0) {
    const taken = Math.min(8 - skip, left);
    value += ((bytes[byteAt]! >> skip) & (2 ** taken - 1)) * factor;
    factor *= 2 ** taken;
    left -= taken;
    skip = 0;
    byteAt++;
  }
  return value;
}
