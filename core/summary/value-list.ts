import { DIGITS } from "./bit-text.ts";
import { MAX_VALUE_CHARS } from "./heavy-hitters.ts";

/** As many first characters as one digit can tell. */
const MAX_SHARED = DIGITS.length - 1;

/** How many first characters each text shares with the one before, as far as one digit can tell. */
export function sharedOf(sorted: readonly string[]): number[] {
  let before = "";
  return sorted.map((value) => {
    const shared = sharedChars(before, value);
    before = value;
    return shared;
  });
}

/**
 * Sorted texts, each as a digit (how many characters it shares with the one before) and the rest of it: paths and referrers
 * take half the room.
 */
export function frontCoded(sorted: readonly string[], shared: readonly number[] = sharedOf(sorted)): string[] {
  return sorted.map((value, i) => DIGITS[shared[i]!]! + value.slice(shared[i]));
}

/** Bytes of UTF-8 that `frontCoded` texts take in JSON at most, with quotes and comma. */
export function frontCodedBytes(sorted: readonly string[], shared: readonly number[] = sharedOf(sorted)): number {
  let bytes = 4 * sorted.length;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    bytes += PLAIN.test(value) ? value.length - shared[i]! : jsonBytes(value, shared[i]!);
  }
  return bytes;
}

/** What JSON writes as it is, a byte a character. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Reads what `frontCoded` gave; undefined when it is something else. */
export function valuesOf(coded: readonly unknown[]): string[] | undefined {
  const values: string[] = [];
  let before = "";
  for (const text of coded) {
    if (typeof text !== "string") return undefined;
    const shared = text === "" ? -1 : DIGITS.indexOf(text[0]!);
    if (shared < 0 || shared > before.length) return undefined;
    before = before.slice(0, shared) + text.slice(1);
    if (before.length > MAX_VALUE_CHARS) return undefined;
    values.push(before);
  }
  return values;
}

function sharedChars(before: string, value: string): number {
  const most = Math.min(before.length, value.length, MAX_SHARED);
  let shared = 0;
  while (shared < most && before.charCodeAt(shared) === value.charCodeAt(shared)) shared++;
  return shared;
}

/** At most: a control character takes 6 bytes, and so does each half of a surrogate pair that JSON escapes. */
function jsonBytes(text: string, from: number): number {
  let bytes = text.length - from;
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || (unit >= 0xd800 && unit < 0xe000)) bytes += 5;
    else if (unit > 0x7ff) bytes += 2;
    else if (unit > 0x7f || unit === 0x22 || unit === 0x5c) bytes++;
  }
  return bytes;
}
