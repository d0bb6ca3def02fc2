import { describe, expect, it } from "vitest";
import { readAll } from "../../../worker/ingest/read-body.ts";

/** A body of pieces; without an end it only begins. */
function streamOf(pieces: number[], hasEnd = true): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const length of pieces) controller.enqueue(new Uint8Array(length));
      if (hasEnd) controller.close();
    },
  });
  return new Request("http://weir.test", { method: "POST", body });
}

describe("readAll", () => {
  it("reads a body of as many bytes as it may have, and no longer one", async () => {
    expect((await readAll(streamOf([40, 60]), 100, 1_000)).length).toBe(100);
    await expect(readAll(streamOf([40, 61]), 100, 1_000)).rejects.toMatchObject({ code: "payload_too_large" });
  });

  it("reads a body of a declared length, and no longer one", async () => {
    const body = (length: number) => new Request("http://weir.test", { method: "POST", body: "x".repeat(length) });
    expect((await readAll(body(100), 100, 1_000)).length).toBe(100);
    await expect(readAll(body(101), 100, 1_000)).rejects.toMatchObject({ code: "payload_too_large" });
  });

  it("gives a body up that does not arrive in time", async () => {
    await expect(readAll(streamOf([40], false), 100, 50)).rejects.toMatchObject({ code: "request_timeout" });
  });

  it("reads a request without a body as nothing", async () => {
    expect((await readAll(new Request("http://weir.test"), 100, 1_000)).length).toBe(0);
  });
});
