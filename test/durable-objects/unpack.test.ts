import { zstdCompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { unpack, unpackBytes } from "../../durable-objects/unpack.ts";

const text = "äbc".repeat(10_000);
const body = zstdCompressSync(new TextEncoder().encode(text));

it("gives back the text, and its bytes", () => {
  expect(unpack(body)).toBe(text);
  expect(new TextDecoder().decode(unpackBytes(body))).toBe(text);
});

it("keeps no more in memory than the bytes", () => {
  expect(unpackBytes(body).buffer.byteLength).toBe(40_000);
});
