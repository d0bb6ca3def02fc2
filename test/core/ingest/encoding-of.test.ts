import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOfBase64, textOfBytes } from "../../../core/ingest/base64.ts";
import { encodingOf } from "../../../core/ingest/encoding-of.ts";

it("knows compressed bodies by their first bytes", () => {
  const text = "hello ".repeat(100);
  expect(encodingOf(gzipSync(text))).toBe("gzip");
  for (const level of [0, 1, 6, 9]) expect(encodingOf(deflateSync(text, { level }))).toBe("zlib");
  expect(encodingOf(zstdCompressSync(text))).toBe("zstd");
  expect(encodingOf(deflateRawSync(text))).toBeUndefined();
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
