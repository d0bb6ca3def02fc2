import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { streamOf } from "../../worker/env.ts";
import { accessLine, ask, bindings, json } from "./ask.ts";
import { openSocket } from "./open-socket.ts";

interface Logs {
  records: { seq: number; path: string }[];
}

describe("GET /ingest/:service as a socket", () => {
  it("speaks first, and answers each frame once durable", async () => {
    const sender = await openSocket("/ingest/socket");
    expect(await sender.frame((frame) => "session" in frame)).toEqual({
      session: expect.any(String),
      next: 1,
      credit: 64,
    });
    sender.socket.send([accessLine({ path: "/1" }), accessLine({ path: "/2" })].join("\n"));
    sender.socket.send(accessLine({ path: "/3" }));
    expect(await sender.frame(({ ack }) => ack === 1)).toEqual({ ack: 1, seq: { shard: 0, first: 1, last: 2 } });
    expect(await sender.frame(({ ack }) => ack === 2)).toEqual({ ack: 2, seq: { shard: 0, first: 3, last: 3 } });
    sender.close();
  });

  it("takes a session up again where it stood, and counts a repeated frame once", async () => {
    const first = await openSocket("/ingest/resumed");
    const { session } = await first.frame<{ session: string }>((frame) => "session" in frame);
    for (const path of ["/1", "/2", "/3"]) first.socket.send(accessLine({ path }));
    await first.frame(({ ack }) => ack === 3);
    first.close();
    const again = await openSocket(`/ingest/resumed?session=${session}`);
    expect(await again.frame((frame) => "session" in frame)).toEqual({ session, next: 4, credit: 64 });
    again.socket.send(accessLine({ path: "/4" }));
    await again.frame(({ ack }) => ack === 4);
    again.close();
    const { records } = await json<Logs>(ask("/api/logs?service=resumed&from=0&order=oldest"));
    expect(records.map(({ seq, path }) => [seq, path])).toEqual([
      [1, "/1"],
      [2, "/2"],
      [3, "/3"],
      [4, "/4"],
    ]);
  });

  it("writes frames together that come while others are written, and answers each by its own number and seqs", async () => {
    const sender = await openSocket("/ingest/together");
    await sender.frame((frame) => "session" in frame);
    const frames = 60;
    for (let at = 1; at <= frames; at++) sender.socket.send(`${accessLine({ path: `/${at}` })}\n${accessLine()}`);
    await sender.frame(({ ack }) => ack === frames);
    expect(sender.frames.slice(1)).toEqual(
      Array.from({ length: frames }, (_, at) => ({
        ack: at + 1,
        seq: { shard: 0, first: 2 * at + 1, last: 2 * at + 2 },
      })),
    );
    const writes = await runInDurableObject(
      streamOf(bindings, "together"),
      (_instance, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM journal").one().n,
    );
    expect(writes).toBeLessThan(frames / 2);
    sender.close();
  });

  it("ends at a frame over the limit in the middle of a group: those before it are durable, those after it are not", async () => {
    const sender = await openSocket("/ingest/cut-group");
    const { session } = await sender.frame<{ session: string }>((frame) => "session" in frame);
    for (const text of [accessLine(), accessLine(), "x".repeat(1_000_001), accessLine()]) sender.socket.send(text);
    expect(await sender.frame((frame) => "error" in frame)).toMatchObject({ error: { frame: 3 } });
    expect(sender.frames.filter((frame) => "ack" in frame).map(({ ack }) => ack)).toEqual([1, 2]);
    const again = await openSocket(`/ingest/cut-group?session=${session}`);
    expect(await again.frame((frame) => "session" in frame)).toMatchObject({ next: 3 });
    again.close();
  });

  it("acknowledges an empty frame, which has no seq", async () => {
    const sender = await openSocket("/ingest/empty-frames");
    sender.socket.send("\n");
    expect(await sender.frame(({ ack }) => ack === 1)).toEqual({ ack: 1 });
    sender.close();
  });

  it("ends the socket at a frame over the limit, after those before it", async () => {
    const sender = await openSocket("/ingest/long-frames");
    sender.socket.send(accessLine());
    await sender.frame(({ ack }) => ack === 1);
    sender.socket.send("x".repeat(1_000_001));
    expect(await sender.frame((frame) => "error" in frame)).toMatchObject({
      error: { code: "payload_too_large", frame: 2 },
    });
  });

  it("takes as many frames at once as its credit, and ends at a sender that sends on regardless", async () => {
    const obeying = await openSocket("/ingest/credit");
    for (let frame = 0; frame < 64; frame++) obeying.socket.send("a line");
    await obeying.frame(({ ack }) => ack === 64);
    obeying.close();
    const flooding = await openSocket("/ingest/no-credit");
    flooding.socket.send("a line");
    await flooding.frame(({ ack }) => ack === 1);
    const busy = runInDurableObject(streamOf(bindings, "no-credit"), (_instance, state) =>
      state.blockConcurrencyWhile(() => scheduler.wait(1_500)),
    );
    for (let frame = 0; frame < 200; frame++) flooding.socket.send("a line");
    await busy;
    expect(await flooding.frame((frame) => "error" in frame)).toMatchObject({ error: { code: "rate_limited" } });
  });

  it("refuses an upgrade without a key", async () => {
    expect((await ask("/ingest/web", { headers: { Upgrade: "websocket", "X-No-Key": "1" } })).status).toBe(401);
  });
});
