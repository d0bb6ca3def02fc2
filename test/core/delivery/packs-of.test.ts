import { describe, expect, it } from "vitest";
import { joinPackText, packTextOf } from "../../../core/delivery/pack-text.ts";
import {
  MAX_PACK_BYTES,
  MAX_PACK_PLAIN_BYTES,
  MAX_PACK_RECORDS,
  type PackCodec,
  packsOf,
} from "../../../core/delivery/packs-of.ts";
import { LogRecord } from "../../../core/record.ts";

const utf8 = new TextEncoder();
const encode = (text: string): Uint8Array => utf8.encode(text);
const SMALL: PackCodec = { encode, compress: () => new Uint8Array(10) };

const recordOf = (message: string): LogRecord => Object.assign(new LogRecord(), { tsMs: 1_000, message });
const plainBytesOf = (records: LogRecord[]): number => encode(joinPackText(packTextOf(records))).length;
const countsOf = (records: LogRecord[], codec = SMALL): number[] =>
  packsOf(records, codec).map(({ pack }) => pack.count);

/** Two records whose text takes so many bytes, nearly all of them in this character. */
function twoOf(character: string, plainBytes: number): LogRecord[] {
  const each = encode(character).length;
  const left = plainBytes - plainBytesOf([recordOf("a"), recordOf("")]);
  const records = [recordOf("a"), recordOf(character.repeat(Math.floor(left / each)) + "x".repeat(left % each))];
  expect(plainBytesOf(records)).toBe(plainBytes);
  return records;
}

describe("packsOf", () => {
  it.each(["x", "é", "語", "🙂"])("fills a pack of %s to its bound in bytes, and cuts one past it", (character) => {
    const packs = packsOf(twoOf(character, MAX_PACK_PLAIN_BYTES), SMALL);
    expect(packs).toMatchObject([{ pack: { count: 2, plainBytes: MAX_PACK_PLAIN_BYTES } }]);
    expect(countsOf(twoOf(character, MAX_PACK_PLAIN_BYTES + 1))).toEqual([1, 1]);
  });

  it("cuts by records", () => {
    const records = (count: number) => Array.from({ length: count }, () => recordOf("a"));
    expect(countsOf(records(MAX_PACK_RECORDS))).toEqual([MAX_PACK_RECORDS]);
    expect(countsOf(records(MAX_PACK_RECORDS + 1))).toEqual([MAX_PACK_RECORDS, 1]);
  });

  it("cuts by compressed bytes, and leaves a single record whole whatever it takes", () => {
    const codecOf = (bytes: number): PackCodec => ({ encode, compress: () => new Uint8Array(bytes) });
    const records = [recordOf("a"), recordOf("b")];
    expect(countsOf(records, codecOf(MAX_PACK_BYTES))).toEqual([2]);
    expect(countsOf(records, codecOf(MAX_PACK_BYTES + 1))).toEqual([1, 1]);
    expect(countsOf([recordOf("x".repeat(MAX_PACK_PLAIN_BYTES))])).toEqual([1]);
  });
});
