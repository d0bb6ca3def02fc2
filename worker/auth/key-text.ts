import type { Scope } from "./principal.ts";
import { randomText } from "./random-text.ts";

/** Of the random part this much is shown beside a key's name: enough to tell keys apart, and too little to guess from. */
const SHOWN_CHARS = 6;

const KEY_TEXT = /^weir_(?:ingest|beacon|read|admin)_[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of a key: what has not is refused without asking the database. */
export const isKeyText = (text: string): boolean => KEY_TEXT.test(text);

/**
 * A new key: `weir_ingest_` and 256 random bits. The scope stands in it so that people, and programs that look for leaked
 * secrets, see what they have found.
 */
export function newKeyText(scope: Scope): { text: string; prefix: string } {
  const head = `weir_${scope}_`;
  const random = randomText();
  return { text: head + random, prefix: head + random.slice(0, SHOWN_CHARS) };
}
