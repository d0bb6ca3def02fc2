import { zstdCompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { unpack } from "../../durable-objects/unpack.ts";
import { json, post } from "../worker/ask.ts";

const textOf = (length: number): string =>
  Array.from({ length: Math.ceil(length / 7) }, (_, at) => `${(at * 7_919) % 100_003},`.padStart(7, "x"))
    .join("")
    .slice(0, length);

// The runtime's own decompression fails for the plain sizes in the middle.
it.each([0, 1, 40_959, 40_960, 40_961, 81_920, 163_840, 327_680, 400_000])("unpacks %d bytes", (length) => {
  const text = textOf(length);
  expect(unpack(zstdCompressSync(new TextEncoder().encode(text)))).toBe(text);
});

it.each([40_960, 81_920])("takes a zstd body of %d bytes from a sender", async (length) => {
  const body = zstdCompressSync(new TextEncoder().encode(textOf(length)));
  expect(await json(post("/ingest/zstd-sizes", body as unknown as BodyInit))).toMatchObject({ accepted: 1 });
});

it("refuses a zstd body that breaks off", async () => {
  const body = zstdCompressSync(new TextEncoder().encode(textOf(100_000)));
  const answer = await post("/ingest/zstd-sizes", body.slice(0, body.length / 2) as unknown as BodyInit);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: "invalid_encoding" } });
});
