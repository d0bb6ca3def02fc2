import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import type { CountersFrame, GapFrame, HelloFrame, ProbeFrame, SeenFrame, TailFrame } from "../../core/live/frames.ts";
import { streamOf } from "../../worker/env.ts";
import { MAX_BODY_MS } from "../../worker/ingest/read-body.ts";
import { accessLine, ask, bindings, json, post, settled } from "./ask.ts";
import { openSocket } from "./open-socket.ts";

const is = (type: string) => (frame: Record<string, unknown>) => frame.type === type;
const lines = (count: number, prefix: string): string =>
  Array.from({ length: count }, (_, at) => accessLine({ path: `/${prefix}/${at}` })).join("\n");
const put = (service: string, settings: object): Promise<Response> =>
  ask(`/api/services/${service}`, {
    method: "PUT",
    body: JSON.stringify(settings),
    headers: { "Content-Type": "application/json" },
  });
const seqsOf = (frames: Record<string, unknown>[], source?: string) =>
  frames
    .filter(is("tail"))
    .flatMap((frame) => (frame as unknown as TailFrame).records)
    .filter((record) => source === undefined || record.source === source)
    .map(({ seq }) => seq);

describe("a watcher that comes back", () => {
  it("gets from the database what memory no longer holds, then what it does, without a gap", async () => {
    const now = new Date().toISOString();
    const fresh = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) =>
        JSON.stringify({ time: now, message: `line ${from + at}` }),
      ).join("\n");
    await json(post("/ingest/slept-on", fresh(1, 5)));
    await settled();
    await evictDurableObject(streamOf(bindings, "slept-on"));
    await json(post("/ingest/slept-on", fresh(6, 7)));
    const live = await openSocket("/api/live?service=slept-on&since=0:2");
    await expect.poll(() => seqsOf(live.frames)).toEqual([3, 4, 5, 6, 7]);
    expect(seqsOf(live.frames, "database")).toEqual([3, 4, 5]);
    expect(live.frames.filter(is("gap"))).toEqual([]);
    live.close();
  });

  it("is told how many records it cannot be shown: those whose own time is long ago", async () => {
    await json(post("/ingest/long-ago", lines(4, "old")));
    await settled();
    await evictDurableObject(streamOf(bindings, "long-ago"));
    await json(post("/ingest/long-ago", lines(1, "old")));
    const live = await openSocket("/api/live?service=long-ago&since=1");
    const gap = await live.frame<GapFrame>(is("gap"));
    expect(gap).toMatchObject({ shard: 0, first: 2, last: 4, count: 3, reason: "not_found" });
    expect(seqsOf(live.frames)).toEqual([5]);
    live.close();
  });

  it("is refused a since that is none", async () => {
    expect((await ask("/api/live?service=web&since=x", { headers: { Upgrade: "websocket" } })).status).toBe(400);
  });
});

describe("a watcher of a service with several shards", () => {
  it("sees what every shard gets, counted once, and is given what it missed of each", async () => {
    await json(put("wide", { shards: 3 }));
    await json(post("/ingest/wide", lines(2, "before")));
    const live = await openSocket("/api/live?service=wide");
    const hello = await live.frame<HelloFrame>(is("hello"));
    expect(hello.total.count).toBe(2);
    for (let at = 0; at < 9; at++) await json(post("/ingest/wide", lines(2, `batch-${at}`)));
    await live.frame((frame) => is("counters")(frame) && (frame as unknown as CountersFrame).total.count === 20);
    await expect.poll(() => seqsOf(live.frames)).toHaveLength(18);
    const shards = live.frames
      .filter(is("tail"))
      .flatMap((frame) => (frame as unknown as TailFrame).records.map(({ shard, seq }) => `${shard}/${seq}`));
    expect(new Set(shards).size).toBe(18);
    live.close();

    const again = await openSocket(`/api/live?service=wide&since=${hello.since}`);
    await expect.poll(() => seqsOf(again.frames)).toHaveLength(18);
    again.close();
  });

  it("never tells smaller totals after shard 0 slept with the socket open", async () => {
    await json(put("wide-asleep", { shards: 2 }));
    for (let at = 0; at < 4; at++) await json(post("/ingest/wide-asleep", lines(1, `${at}`)));
    const live = await openSocket("/api/live?service=wide-asleep");
    await live.frame((frame) => is("hello")(frame) && (frame as unknown as HelloFrame).total.count === 4);
    await evictDurableObject(streamOf(bindings, "wide-asleep"), { webSockets: "hibernate" });
    for (let at = 0; at < 2; at++) await json(post("/ingest/wide-asleep", lines(1, `later-${at}`)));
    await live.frame((frame) => is("counters")(frame) && (frame as unknown as CountersFrame).total.count === 6);
    const totals = live.frames.filter(is("counters")).map((frame) => (frame as unknown as CountersFrame).total.count);
    expect(Math.min(...totals)).toBeGreaterThanOrEqual(4);
    live.close();
  });
});

it("has no timer and tells nobody while nobody watches", async () => {
  const setTimer = vi.spyOn(globalThis, "setTimeout");
  await json(put("unwatched", { shards: 2 }));
  for (let at = 0; at < 6; at++) await json(post("/ingest/unwatched", lines(1, `${at}`)));
  // The other shard asks shard 0 once whether anybody watches; then it is quiet.
  await expect
    .poll(async () => {
      setTimer.mockClear();
      await json(post("/ingest/unwatched", lines(1, "later")));
      await json(post("/ingest/unwatched", lines(1, "later")));
      // A request's own timer, which ends with it, is no object's.
      return setTimer.mock.calls.filter(([, ms]) => ms !== MAX_BODY_MS).length;
    })
    .toBe(0);
  setTimer.mockRestore();
});

describe("GET /api/live/rewind", () => {
  it("answers from memory what was received, filtered, in order", async () => {
    await json(post("/ingest/wound", [accessLine({ path: "/a" }), accessLine({ path: "/b", status: 503 })].join("\n")));
    await json(post("/ingest/wound", accessLine({ path: "/c", status: 500 })));
    const answer = await json<{ records: { path: string; source: string }[]; heldFrom: string }>(
      ask("/api/live/rewind?service=wound&q=status%3A%3E%3D500"),
    );
    expect(answer.records.map(({ path, source }) => [path, source])).toEqual([
      ["/b", "memory"],
      ["/c", "memory"],
    ]);
    expect(Date.now() - Date.parse(answer.heldFrom)).toBeLessThan(60_000);
  });

  it("says when more matched than it gives, and gives the newest", async () => {
    await json(post("/ingest/wound-long", lines(3, "x")));
    const answer = await json<{ records: { seq: number }[] }>(ask("/api/live/rewind?service=wound-long&limit=2"));
    expect(answer).toMatchObject({ records: [{ seq: 2 }, { seq: 3 }], partial: true });
    expect(await json(ask("/api/live/rewind?service=wound-long&limit=3"))).not.toHaveProperty("partial");
  });

  it("holds nothing of a service that slept", async () => {
    expect(await json(ask("/api/live/rewind?service=never"))).toEqual({ records: [], scanned: 0, heldFrom: null });
  });
});

describe("the send-to-seen meter", () => {
  it("asks a watcher, hears its answer, and tells p50 and p95 on the socket and in /api/pipeline", async () => {
    const live = await openSocket("/api/live?service=metered");
    await live.frame(is("hello"));
    const recordMs = Math.floor(Date.now() / 1_000) * 1_000 + 123 - 1_000;
    await json(post("/ingest/metered", JSON.stringify({ time: new Date(recordMs).toISOString(), message: "x" })));
    const { type, service, ...probe } = await live.frame<ProbeFrame>(is("probe"));
    expect([type, service, probe.shard, probe.seq, probe.recordMs]).toEqual(["probe", "metered", 0, 1, recordMs]);
    expect(probe.streamMs).toBeGreaterThanOrEqual(probe.edgeMs);
    live.socket.send(JSON.stringify({ type: "seen", ...probe, heldMs: 5, watcherMs: Date.now() + 60_000 }));
    const seen = await live.frame<SeenFrame>(is("seen"));
    expect(seen).toMatchObject({ sightings: 1, senderAheadMs: 0 });
    expect(seen.sendP50Ms).toBeGreaterThanOrEqual(Date.now() - recordMs - 5_000);
    expect(seen.watcherAheadMs).toBeGreaterThan(55_000);
    const { streams } = await json<{ streams: { service: string; seen?: object }[] }>(ask("/api/pipeline"));
    expect(streams.find((stream) => stream.service === "metered")!.seen).toMatchObject({
      sightings: 1,
      p50Ms: seen.p50Ms,
    });
    live.close();
  });

  it("believes no answer that cannot be", async () => {
    const live = await openSocket("/api/live?service=lied-to");
    await live.frame(is("hello"));
    const probe = { shard: 0, seq: 1, recordMs: null, edgeMs: 1, streamMs: 1, sentMs: Date.now() };
    live.socket.send(JSON.stringify({ type: "seen", ...probe, heldMs: -1, watcherMs: 1 }));
    await live.frame((frame) => frame.code === "invalid_request");
    live.close();
  });
});
