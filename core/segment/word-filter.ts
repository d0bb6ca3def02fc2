import { bytesOfBase64, textOfBytes } from "../ingest/base64.ts";
import { utf8 } from "./parquet/utf8.ts";

/** 8 KB; past a load of MAX_LOAD it would say "maybe" of too much, and is left out. */
const MAX_BITS = 1 << 16;
const MIN_BITS = 1 << 10;
const MAX_LOAD = 0.6;
/** A smaller filter is as good while this share of its bits is set. */
const FOLD_LOAD = 0.25;
const SPACE = 32;

/**
 * Which three letters stand beside each other in some texts: says of a piece of text that it stands in none of them, or
 * that it may. Case of ASCII letters does not count. Letters across a space are left out, so that a text may be put together
 * of parts (a request line of method, path and protocol).
 */
export class WordFilter {
  #bits = new Uint8Array(MAX_BITS / 8);

  add(text: string): void {
    const bits = this.#bits;
    let first = SPACE;
    let second = SPACE;
    for (let at = 0; at < text.length; at++) {
      const unit = lower(text.charCodeAt(at));
      if (unit !== SPACE && second !== SPACE && first !== SPACE) {
        const hash = hashOf(first, second, unit);
        bits[hash >> 3]! |= 1 << (hash & 7);
      }
      first = second;
      second = unit;
    }
  }

  /** The text whose UTF-8 stands in `bytes`. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    const bits = this.#bits;
    let first = SPACE;
    let second = SPACE;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x80) {
        // What was added of it is added again.
        this.add(utf8.decode(bytes.subarray(from, to)));
        return;
      }
      const unit = LOWER[byte]!;
      if (unit !== SPACE && second !== SPACE && first !== SPACE) {
        const hash = hashOf(first, second, unit);
        bits[hash >> 3]! |= 1 << (hash & 7);
      }
      first = second;
      second = unit;
    }
  }

  /** Base64, as small as it can be; undefined where it would tell nothing. */
  text(): string | undefined {
    let bits: Uint8Array = this.#bits;
    if (loadOf(bits) > MAX_LOAD) return undefined;
    while (bits.length * 8 > MIN_BITS) {
      const half = folded(bits);
      if (loadOf(half) > FOLD_LOAD) break;
      bits = half;
    }
    return textOfBytes(bits);
  }
}

/** The test that a filter's text stands for. */
export function mayContainOf(text: string): (piece: string) => boolean {
  const bits = bytesOfBase64(text) ?? new Uint8Array(0);
  const mask = bits.length * 8 - 1;
  return (piece) => {
    for (let at = 2; at < piece.length; at++) {
      const [first, second, third] = [at - 2, at - 1, at].map((place) => lower(piece.charCodeAt(place)));
      if (first === SPACE || second === SPACE || third === SPACE) continue;
      const hash = hashOf(first!, second!, third!) & mask;
      if ((bits[hash >> 3]! & (1 << (hash & 7))) === 0) return false;
    }
    return true;
  };
}

const lower = (unit: number): number => (unit >= 65 && unit <= 90 ? unit + 32 : unit);
const LOWER = Uint8Array.from({ length: 128 }, (_, unit) => lower(unit));

const hashOf = (first: number, second: number, third: number): number =>
  Math.imul(Math.imul(Math.imul(first, 0x01000193) ^ second, 0x01000193) ^ third, 0x9e3779b1) >>> 16;

function loadOf(bits: Uint8Array): number {
  let set = 0;
  for (const byte of bits) for (let rest = byte; rest !== 0; rest &= rest - 1) set++;
  return set / (bits.length * 8);
}

/** Half the size: a place's highest bit is forgotten. */
function folded(bits: Uint8Array): Uint8Array {
  const half = bits.slice(0, bits.length / 2);
  for (let at = 0; at < half.length; at++) half[at]! |= bits[half.length + at]!;
  return half;
}
