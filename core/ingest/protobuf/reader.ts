import { textAt } from "../text-of.ts";

/** How a field's value is written. Source: https://protobuf.dev/programming-guides/encoding */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Reads one protobuf message, field by field.
 *
 * A message that is cut off or makes no sense sets `isBroken` and has no further fields; nothing throws.
 */
export class MessageReader {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #end: number;
  /** Number of the field that `next` has stopped at. */
  field = 0;
  wire: number = WIRE.varint;
  isBroken = false;

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
  }

  /** Moves to the next field; false at the end. */
  next(): boolean {
    if (this.isBroken || this.#at >= this.#end) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wire = tag % 8;
    return !this.isBroken && this.field > 0;
  }

  /** Exact up to 2^53; beyond, nothing of these protocols counts so far. */
  varint(): number {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++) {
      if (this.#at >= this.#end) break;
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    this.#fail();
    return 0;
  }

  /** A signed 64-bit number: a JavaScript number where that is exact. */
  int64(): number | bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n && this.#at < this.#end; shift += 7n) {
      const byte = this.#bytes[this.#at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      const signed = BigInt.asIntN(64, value);
      const number = Number(signed);
      return Number.isSafeInteger(number) ? number : signed;
    }
    this.#fail();
    return 0;
  }

  fixed64(): bigint {
    const view = this.#take(8);
    return view ? view.getBigUint64(0, true) : 0n;
  }

  double(): number {
    const view = this.#take(8);
    return view ? view.getFloat64(0, true) : 0;
  }

  fixed32(): number {
    const view = this.#take(4);
    return view ? view.getUint32(0, true) : 0;
  }

  text(): string {
    const start = this.#span();
    return textAt(this.#bytes, start, this.#at);
  }

  bytes(): Uint8Array {
    const start = this.#span();
    return this.#bytes.subarray(start, this.#at);
  }

  message(): MessageReader {
    const start = this.#span();
    return new MessageReader(this.#bytes, start, this.#at);
  }

  /** Leaves out a field that nobody asks for. */
  skip(): void {
    if (this.wire === WIRE.varint) this.varint();
    else if (this.wire === WIRE.fixed64) this.#take(8);
    else if (this.wire === WIRE.bytes) this.#span();
    else if (this.wire === WIRE.fixed32) this.#take(4);
    else this.#fail();
  }

  /** Moves past bytes with their length before them; where they begin. */
  #span(): number {
    if (this.wire !== WIRE.bytes) this.#fail();
    const length = this.varint();
    const start = this.#at;
    if (start + length > this.#end) this.#fail();
    else this.#at = start + length;
    return this.isBroken ? this.#at : start;
  }

  #take(length: number): DataView | undefined {
    const start = this.#at;
    if (start + length > this.#end) {
      this.#fail();
      return undefined;
    }
    this.#at = start + length;
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, length);
  }

  #fail(): void {
    this.isBroken = true;
    this.#at = this.#end;
  }
}
