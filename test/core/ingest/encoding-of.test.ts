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

it("takes no text for a compressed body", () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(
      fc.string({ unit: "binary-ascii", minLength: 4 }).filter((text) => text.charCodeAt(0) > 31),
      (text) => encodingOf(encoder.encode(text)) === undefined,
    ),
  );
  for (const text of ["x^ 1", "xyz", "hello", '{"a":1}', "<34>1", "hC and 8O"])
    expect(encodingOf(encoder.encode(text))).toBeUndefined();
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
