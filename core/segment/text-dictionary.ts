import { copyBytes } from "./parquet/byte-writer.ts";
import { LENGTH_BYTES, type PlainTexts } from "./parquet/plain-texts.ts";

const encoder = new TextEncoder();

/** Hash of no byte. That of a text is `hashedByte` of each of its UTF-8 bytes in turn (FNV-1a). */
export const HASH_SEED = 0x811c9dc5 | 0;
export const hashedByte = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

/**
 * Places looked at for one text. Texts chosen to have one hash would otherwise make every look-up as long as their number; so they
 * get a number each time that they come instead.
 */
export const MAX_PROBES = 32;
const FIRST_SLOTS = 32;
/** Longer texts are encoded by the platform. */
const SHORT = 512;
const short = new Uint8Array(SHORT);

/**
 * Gives each different text a number, from 0 on, in the order in which they come. Works on UTF-8: a text that was seen before is
 * found by its bytes, and no string is made of it. What it keeps is a plain page of Parquet as it is.
 *
 * A text has at least one number; more than one only where many texts collide, see MAX_PROBES.
 */
export class TextDictionary {
  count = 0;
  #page = new Uint8Array(0);
  #length = 0;
  /** Where each text's length stands in the page, and after the last one the page's end. */
  #starts = new Uint32Array(FIRST_SLOTS / 2 + 1);
  #hashes = new Int32Array(FIRST_SLOTS / 2);
  /** Number and one of a text, by its hash; 0 where there is none. */
  #slots = new Uint32Array(FIRST_SLOTS);

  /** The number of the text that stands in `bytes`, a new one if need be. `hash` is that of these bytes. */
  codeOfBytes(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const held = slots[slot]!;
      if (held === 0) return this.#add(bytes, from, to, hash, slot);
      if (this.#hashes[held - 1] === hash && this.#is(held - 1, bytes, from, to)) return held - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes, from, to, hash, undefined);
  }

  /** The number of a text, a new one if need be. */
  codeOf(text: string): number {
    const { length } = text;
    let hash = HASH_SEED;
    if (length <= SHORT) {
      let at = 0;
      for (; at < length; at++) {
        const unit = text.charCodeAt(at);
        if (unit >= 0x80) break;
        short[at] = unit;
        hash = hashedByte(hash, unit);
      }
      if (at === length) return this.codeOfBytes(short, 0, length, hash);
    }
    const bytes = encoder.encode(text);
    return this.codeOfBytes(bytes, 0, bytes.length, hashOf(bytes));
  }

  /** All texts, by number; valid until the next one comes. */
  texts(): PlainTexts {
    return { count: this.count, page: this.#page.subarray(0, this.#length), starts: this.#starts };
  }

  #is(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const page = this.#page;
    const start = this.#starts[code]! + LENGTH_BYTES;
    if (this.#starts[code + 1]! - start !== to - from) return false;
    for (let at = from, own = start; at < to; at++, own++) if (bytes[at] !== page[own]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number | undefined): number {
    const code = this.count++;
    const length = to - from;
    const start = this.#length;
    if (start + LENGTH_BYTES + length > this.#page.length) this.#growPage(start + LENGTH_BYTES + length);
    if (code === this.#hashes.length) this.#growCodes();
    const page = this.#page;
    page[start] = length;
    page[start + 1] = length >>> 8;
    page[start + 2] = length >>> 16;
    page[start + 3] = length >>> 24;
    copyBytes(page, start + LENGTH_BYTES, bytes, from, to);
    this.#length = start + LENGTH_BYTES + length;
    this.#starts[code + 1] = this.#length;
    this.#hashes[code] = hash;
    if (slot !== undefined) {
      this.#slots[slot] = code + 1;
      // Looked for in as few places as can be: half of them stay free.
      if (this.count * 2 > this.#slots.length) this.#growSlots();
    }
    return code;
  }

  #growPage(length: number): void {
    const grown = new Uint8Array(Math.max(length, this.#page.length * 2, 256));
    grown.set(this.#page);
    this.#page = grown;
  }

  #growCodes(): void {
    const starts = new Uint32Array(this.#hashes.length * 2 + 1);
    starts.set(this.#starts);
    this.#starts = starts;
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
  }

  #growSlots(): void {
    const slots = new Uint32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (let code = 0; code < this.count; code++) {
      const hash = this.#hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      for (let probes = 0; probes < MAX_PROBES; probes++) {
        if (slots[slot] === 0) {
          slots[slot] = code + 1;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
    this.#slots = slots;
  }
}

function hashOf(bytes: Uint8Array): number {
  let hash = HASH_SEED;
  for (let at = 0; at < bytes.length; at++) hash = hashedByte(hash, bytes[at]!);
  return hash;
}
