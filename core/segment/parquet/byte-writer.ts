/** Below this a loop is faster than the platform's call. */
const SHORT_COPY = 64;

/** Copies `from[start]` up to `from[end]` to `into[at]` and on. */
export function copyBytes(into: Uint8Array, at: number, from: Uint8Array, start: number, end: number): void {
  if (end - start > SHORT_COPY) into.set(from.subarray(start, end), at);
  else for (let read = start, write = at; read < end; read++, write++) into[write] = from[read]!;
}

/** Bytes that grow as they are written. Numbers are little-endian, as Parquet wants them. */
export class ByteWriter {
  length = 0;
  #bytes: Uint8Array;
  #view: DataView;

  constructor(capacity = 1_024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** What was written so far; valid until the next write. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** A safe integer as 64 bits. */
  int64(value: number): void {
    this.uint32(value >>> 0);
    this.uint32(Math.floor(value / 2 ** 32) >>> 0);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Adds zeroed bytes, to be filled in `room` from where the answer says. */
  extend(count: number): number {
    this.#reserve(count);
    this.length += count;
    return this.length - count;
  }

  /** What is written into; another one after the next write. */
  get room(): Uint8Array {
    return this.#bytes;
  }

  /** ULEB128 of a non-negative safe integer. */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7fffffff) {
      this.#bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  /** Zigzag, then ULEB128: up to 2^52 either way. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
