import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { CountersFrame, GapFrame, HelloFrame, ServicesFrame, TailFrame } from "../../core/live/frames.ts";
import { streamOf } from "../../worker/env.ts";
import { accessLine, ask, bindings, json, post } from "./ask.ts";
import { openSocket } from "./open-socket.ts";

const is = (type: string) => (frame: Record<string, unknown>) => frame.type === type;
const lines = (count: number, prefix: string): string =>
  Array.from({ length: count }, (_, at) => accessLine({ path: `/${prefix}/${at}` })).join("\n");

describe("GET /api/live?service=", () => {
  it("greets with totals, then shows what arrives", async () => {
    await json(post("/ingest/watched", lines(3, "before")));
    const live = await openSocket("/api/live?service=watched");
    expect(await live.frame<HelloFrame>(is("hello"))).toMatchObject({
      service: "watched",
      lastSeq: 3,
      total: { count: 3, levels: { info: 3 } },
    });
    await json(post("/ingest/watched", accessLine({ path: "/now", status: 500 })));
    const tail = await live.frame<TailFrame>(is("tail"));
    expect(tail.records).toMatchObject([{ seq: 4, path: "/now", level: "error", source: "memory" }]);
    const counters = await live.frame<CountersFrame>(is("counters"));
    expect(counters.total).toMatchObject({ count: 4, levels: { info: 3, error: 1 }, statuses: { "2xx": 3, "5xx": 1 } });
    live.close();
  });

  it("shows only what the filter wants, and takes another filter", async () => {
    const live = await openSocket("/api/live?service=filtered&q=status%3A%3E%3D500");
    await live.frame(is("hello"));
    await json(
      post("/ingest/filtered", [accessLine({ path: "/ok" }), accessLine({ path: "/bad", status: 503 })].join("\n")),
    );
    expect((await live.frame<TailFrame>(is("tail"))).records.map(({ path }) => path)).toEqual(["/bad"]);
    live.socket.send(JSON.stringify({ type: "filter", q: "path:/ok*" }));
    // Only after this answer does what comes match the new one.
    expect(await live.frame(is("filter"))).toEqual({ type: "filter", q: "path:/ok*" });
    await json(
      post("/ingest/filtered", [accessLine({ path: "/ok2" }), accessLine({ path: "/bad2", status: 503 })].join("\n")),
    );
    await live.frame((frame) => frame.type === "tail" && JSON.stringify(frame).includes("/ok2"));
    expect(JSON.stringify(live.frames)).not.toContain("/bad2");
    live.close();
  });

  it("tells a filter that it does not understand", async () => {
    const live = await openSocket("/api/live?service=filtered");
    live.socket.send(JSON.stringify({ type: "filter", q: "status:>=" }));
    expect(await live.frame(is("error"))).toMatchObject({
      code: "invalid_filter",
      message: expect.stringContaining("column"),
    });
    live.socket.send("not json");
    await live.frame((frame) => frame.code === "invalid_request");
    live.close();
    expect(
      (await ask("/api/live?service=filtered&q=status:%3E%3D", { headers: { Upgrade: "websocket" } })).status,
    ).toBe(400);
  });

  it("numbers what it leaves out", async () => {
    const live = await openSocket("/api/live?service=flooded");
    await live.frame(is("hello"));
    await json(post("/ingest/flooded", lines(500, "flood")));
    const gap = await live.frame<GapFrame>(is("gap"));
    const tail = await live.frame<TailFrame>(is("tail"));
    expect(gap).toMatchObject({ first: 1, last: 480, count: 480, reason: "rate" });
    expect(tail.records.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => 481 + at));
    live.close();
  });

  it("says nothing while paused, and goes on when resumed", async () => {
    const live = await openSocket("/api/live?service=paused");
    await live.frame(is("hello"));
    live.socket.send(JSON.stringify({ type: "pause" }));
    await json(post("/ingest/paused", lines(1, "unseen")));
    await live.frame(is("counters"));
    live.socket.send(JSON.stringify({ type: "resume" }));
    await json(post("/ingest/paused", lines(1, "seen")));
    await live.frame(is("tail"));
    expect(JSON.stringify(live.frames)).not.toContain("/unseen/");
    live.close();
  });

  it("gives a watcher that comes back what it missed", async () => {
    await json(post("/ingest/missed", lines(3, "while-away")));
    const live = await openSocket("/api/live?service=missed&since=1");
    const tail = await live.frame<TailFrame>(is("tail"));
    expect(tail.records.map(({ seq }) => seq)).toEqual([2, 3]);
    live.close();
  });

  it("wakes from hibernation and goes on", async () => {
    const live = await openSocket("/api/live?service=asleep&q=path%3A%2Fawake*");
    await live.frame(is("hello"));
    await evictDurableObject(streamOf(bindings, "asleep"), { webSockets: "hibernate" });
    await json(post("/ingest/asleep", [accessLine({ path: "/awake" }), accessLine({ path: "/other" })].join("\n")));
    expect((await live.frame<TailFrame>(is("tail"))).records.map(({ path }) => path)).toEqual(["/awake"]);
    live.close();
  });
});

it("shows every service on the overview's socket", async () => {
  const live = await openSocket("/api/live");
  await live.frame<ServicesFrame>(is("services"));
  await json(post("/ingest/overviewed", lines(5, "x")));
  const seen = (frame: Record<string, unknown>): boolean =>
    (frame as unknown as ServicesFrame).services.some(
      ({ name, acknowledged }) => name === "overviewed" && acknowledged === 5,
    );
  await live.frame(seen);
  live.close();
});

it("streams the same as server-sent events", async () => {
  await json(post("/ingest/events", lines(1, "x")));
  const response = await ask("/api/live/sse?service=events&since=0");
  expect(response.headers.get("Content-Type")).toContain("text/event-stream");
  const reader = response.body!.getReader();
  let text = "";
  while (!text.includes('"type":"tail"')) text += new TextDecoder().decode((await reader.read()).value);
  expect(text).toMatch(/^data: \{"type":"hello"/m);
  await reader.cancel();
});

it("asks for an upgrade where a socket is served", async () => {
  expect((await ask("/api/live?service=web")).status).toBe(426);
});
