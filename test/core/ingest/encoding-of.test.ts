import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOfBase64, textOfBytes } from "../../../core/ingest/base64.ts";
import { encodingOf } from "../../../core/ingest/encoding-of.ts";
import { bytesOfHex } from "./request-of.ts";

/** "hello", compressed by zlib 1.3 and zstd 1.5; the first zlib levels, then a small window. */
it.each([
  ["gzip", "1f8b0800000000000003cb48cdc9c9070086a6103605000000"],
  ["zlib", "7801010500faff68656c6c6f062c0215"],
  ["zlib", "7801cb48cdc9c90700062c0215"],
  ["zlib", "785ecb48cdc9c90700062c0215"],
  ["zlib", "789ccb48cdc9c90700062c0215"],
  ["zlib", "78dacb48cdc9c90700062c0215"],
  ["zlib", "1895cb48cdc9c90700062c0215"],
  ["zstd", "28b52ffd200529000068656c6c6f"],
  [undefined, "cb48cdc9c90700"],
  [undefined, "1f8b"],
  [undefined, ""],
])("knows %s by its first bytes", (encoding, hex) => {
  expect(encodingOf(bytesOfHex(hex))).toBe(encoding);
});

/** Every pair of printable characters that is a header of zlib as well. */
const HEADERS = ["(S", "8O", "HK", "XG", "hC", "x^"];

it("takes no text for a compressed body", () => {
  const encoder = new TextEncoder();
  // What begins like zlib and goes on with control characters is nobody's log line.
  const isPlain = (text: string): boolean => !/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text);
  const anyText = fc.string({ unit: "binary", minLength: 2, maxLength: 60 }).filter(isPlain);
  fc.assert(
    fc.property(
      fc.constantFrom("", ...HEADERS),
      anyText,
      (header, text) => encodingOf(encoder.encode(header + text)) === undefined,
    ),
  );
  for (const text of ["x^ 1", "xyz", "hello", '{"a":1}', "<34>1", "hC and 8O", "x^ größer", "8O \x1b[31mred"])
    expect(encodingOf(encoder.encode(text))).toBeUndefined();
});

it.each(HEADERS)("knows %s as a header of zlib where compressed bytes follow", (header) => {
  const bytes = [...header].map((letter) => letter.charCodeAt(0));
  expect(encodingOf(Uint8Array.of(...bytes, 0x4b, 0x04, 0x00, 0x00, 0x62, 0x00, 0x62))).toBe("zlib");
});

it("reads back base64", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(bytesOfBase64(textOfBytes(bytes))).toEqual(bytes);
    }),
  );
  expect(bytesOfBase64("a-_b")).toEqual(bytesOfBase64("a+/b"));
  for (const text of ["a", "a b=", "é"]) expect(bytesOfBase64(text)).toBeUndefined();
});
