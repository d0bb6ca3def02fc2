import type { Pattern } from "../query/filter.ts";
import type { TextValues } from "./parquet/text-values.ts";

const encoder = new TextEncoder();
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/** Whether a text passes, from its UTF-8. */
export type BytesTest = (bytes: Uint8Array, from: number, to: number) => boolean;

/** UTF-8 with ASCII letters in lower case: what `standsAt` looks for. */
export const foldedBytes = (text: string): Uint8Array => encoder.encode(text).map((byte) => LOWER[byte]!);

/** Whether these bytes stand there, whatever the case of ASCII letters. There have to be as many. */
export function standsAt(folded: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let at = 0; at < folded.length; at++) if (LOWER[bytes[from + at]!] !== folded[at]) return false;
  return true;
}

/** As equalsTest of query/text-test.ts, of a pattern with at most one gap; undefined where it has more. */
export function equalsBytesTest(pattern: Pattern): BytesTest | undefined {
  if (pattern.length > 2) return undefined;
  const head = foldedBytes(pattern[0]!);
  if (pattern.length === 1) return (bytes, from, to) => to - from === head.length && standsAt(head, bytes, from);
  const tail = foldedBytes(pattern[1]!);
  const least = head.length + tail.length;
  return (bytes, from, to) =>
    to - from >= least && standsAt(head, bytes, from) && standsAt(tail, bytes, to - tail.length);
}

/** A 1 for each text that passes, and a 0 for "none" at the end; undefined where none does. */
export function textsPassing(texts: TextValues, test: BytesTest): Uint8Array | undefined {
  const { bytes, count } = texts;
  const { starts, ends } = texts.places;
  let passing: Uint8Array | undefined;
  for (let at = 0; at < count; at++) {
    if (!test(bytes, starts[at]!, ends[at]!)) continue;
    passing ??= new Uint8Array(count + 1);
    passing[at] = 1;
  }
  return passing;
}
