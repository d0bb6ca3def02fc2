import { copyBytes } from "./parquet/byte-writer.ts";
import { LENGTH_BYTES, type PlainTexts } from "./parquet/plain-texts.ts";

const encoder = new TextEncoder();

/** Of the hash of a text: begins with the seed, takes four bytes of its UTF-8 at a time (little-endian), and what is left one by one. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const hashedWord = (hash: number, word: number): number => {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_SEED;
  let at = from;
  for (; at + 4 <= to; at += 4)
    hash = hashedWord(hash, bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
  for (; at < to; at++) hash = hashedWord(hash, bytes[at]!);
  return hash;
}

/**
 * Places looked at for one text. Texts chosen to have one hash would otherwise make every look-up as long as their number; so they
 * get a number each time that they come instead.
 */
export const MAX_PROBES = 32;
const FIRST_SLOTS = 32;
/** Numbers of a slot: a text's number and one (0: the slot is free), its hash, where its length stands in the page, its end there. */
const SLOT = 4;
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
  #starts = new Uint32Array(FIRST_SLOTS);
  /** All that is asked of a text stands together: each look elsewhere is a wait for the memory. */
  #slots = new Int32Array(FIRST_SLOTS * SLOT);
  #slotMask = FIRST_SLOTS - 1;

  /** The number of the text that stands in `bytes`, a new one if need be. `hash` is that of these bytes. */
  codeOfBytes(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = this.#slotMask;
    let slot = hash & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const at = slot * SLOT;
      const held = slots[at]!;
      if (held === 0) return this.#add(bytes, from, to, { hash, at });
      if (slots[at + 1] === hash && this.#is(slots[at + 2]!, slots[at + 3]!, bytes, from, to)) return held - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes, from, to, undefined);
  }

  /** The number of a text, a new one if need be. */
  codeOf(text: string): number {
    const { length } = text;
    if (length <= SHORT) {
      let at = 0;
      for (; at < length; at++) {
        const unit = text.charCodeAt(at);
        if (unit >= 0x80) break;
        short[at] = unit;
      }
      if (at === length) return this.codeOfBytes(short, 0, length, hashOf(short, 0, length));
    }
    const bytes = encoder.encode(text);
    return this.codeOfBytes(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length));
  }

  /** All texts, by number; valid until the next one comes. */
  texts(): PlainTexts {
    return { count: this.count, page: this.#page.subarray(0, this.#length), starts: this.#starts };
  }

  #is(start: number, end: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (end - start - LENGTH_BYTES !== to - from) return false;
    const page = this.#page;
    for (let at = from, own = start + LENGTH_BYTES; at < to; at++, own++) if (bytes[at] !== page[own]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, slot: { hash: number; at: number } | undefined): number {
    const code = this.count++;
    const length = to - from;
    const start = this.#length;
    const end = start + LENGTH_BYTES + length;
    if (end > this.#page.length) this.#growPage(end);
    const page = this.#page;
    page[start] = length;
    page[start + 1] = length >>> 8;
    page[start + 2] = length >>> 16;
    page[start + 3] = length >>> 24;
    copyBytes(page, start + LENGTH_BYTES, bytes, from, to);
    this.#length = end;
    if (this.count === this.#starts.length) this.#growStarts();
    this.#starts[this.count] = end;
    if (slot) {
      const { hash, at } = slot;
      this.#slots[at] = code + 1;
      this.#slots[at + 1] = hash;
      this.#slots[at + 2] = start;
      this.#slots[at + 3] = end;
      // Half of the slots stay free, so that few are looked at.
      if (this.count * 2 > this.#slotMask) this.#growSlots();
    }
    return code;
  }

  #growPage(length: number): void {
    const grown = new Uint8Array(Math.max(length, this.#page.length * 2, 256));
    grown.set(this.#page);
    this.#page = grown;
  }

  #growStarts(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
  }

  #growSlots(): void {
    const old = this.#slots;
    this.#slotMask = this.#slotMask * 4 + 3;
    const slots = new Int32Array((this.#slotMask + 1) * SLOT);
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      let slot = old[from + 1]! & this.#slotMask;
      for (let probes = 0; probes < MAX_PROBES; probes++) {
        const to = slot * SLOT;
        if (slots[to] === 0) {
          for (let part = 0; part < SLOT; part++) slots[to + part] = old[from + part]!;
          break;
        }
        slot = (slot + 1) & this.#slotMask;
      }
    }
    this.#slots = slots;
  }
}
