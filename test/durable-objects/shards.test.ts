import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { homeOf, type Layout } from "../../core/delivery/layout.ts";
import { nameOfOrigin, type Origin } from "../../core/delivery/message.ts";
import { askShards } from "../../worker/env.ts";
import { appendTo, lastFrameOf } from "../../worker/ingest/append-to.ts";
import { countedPacksOf } from "../../worker/ingest/pack.ts";
import { verifyService } from "../../worker/query/verify-service.ts";
import { appendOf, bindings, recordOf } from "./stream-fixture.ts";

const streamAt = (service: string, shard: number) => bindings.STREAMS.getByName(`${service}/${shard}`);
const reshard = (service: string, shards: number) => streamAt(service, 0).reshard(service, shards);
const batch = (service: string, message: string, origin?: Origin) => ({
  service,
  receivedMs: Date.now(),
  packs: countedPacksOf([recordOf({ message })]),
  origin,
});
const keyOf = (key: string): Origin => ({ kind: "key", key, bodyHash: "h", keptMs: 60_000 });
/** A key whose home is shard 0 of one and another shard of four. */
const movingKey = Array.from({ length: 50 }, (_, at) => keyOf(`k${at}`)).find(
  (key) => homeOf(nameOfOrigin(key), 4) === 3,
)!;
const completed = (service: string) =>
  expect
    .poll(async () => (await verifyService(bindings, service)).complete, { timeout: 20_000, interval: 200 })
    .toBe(true);

describe("a service with several shards", () => {
  it("spreads batches, each shard with seqs of its own, and verifies all of them", async () => {
    await reshard("spread", 3);
    const shards = [];
    for (let at = 0; at < 6; at++) {
      const answer = await appendTo(bindings, batch("spread", `line ${at}`));
      shards.push(answer.kind === "stored" && `${answer.seq!.shard}/${answer.seq!.first}`);
    }
    expect(shards.toSorted()).toEqual(["0/1", "0/2", "1/1", "1/2", "2/1", "2/2"]);
    await completed("spread");
    expect(await verifyService(bindings, "spread")).toMatchObject({
      acknowledged: 6,
      stored: 6,
      records: 6,
      gaps: [],
      overlaps: [],
      shards: [
        { shard: 0, records: 2 },
        { shard: 1, records: 2 },
        { shard: 2, records: 2 },
      ],
    });
  });

  it("sends who goes by an old layout to where the batch belongs", async () => {
    const stream = streamAt("moved", 0);
    await stream.append(appendOf("moved", [recordOf({})]));
    const layout = await reshard("moved", 2);
    expect(await stream.append(appendOf("moved", [recordOf({})]))).toEqual({ kind: "moved", layout });
    expect((await stream.status()).acknowledged).toBe(1);
  });

  it("knows a key again where it was before the change", async () => {
    const first = await appendTo(bindings, batch("rekeyed", "one", movingKey));
    expect(first).toMatchObject({ kind: "stored", seq: { shard: 0, first: 1 } });
    await reshard("rekeyed", 4);
    expect(await appendTo(bindings, batch("rekeyed", "one", movingKey))).toEqual({ ...first, kind: "repeated" });
    const other = { ...movingKey, bodyHash: "other" } as Origin;
    expect(await appendTo(bindings, batch("rekeyed", "one", other))).toEqual({ kind: "conflict" });
    expect((await verifyService(bindings, "rekeyed")).acknowledged).toBe(1);
  });

  it("takes a key once when both its homes are asked at the same time", async () => {
    const four = (await reshard("raced", 4)) as Layout;
    const request = batch("raced", "one", movingKey);
    const answers = await Promise.all([
      streamAt("raced", 3).append({ ...request, shard: 3, layout: four }),
      streamAt("raced", 0).append({ ...request, shard: 0 }),
      streamAt("raced", 3).append({ ...request, shard: 3, layout: four }),
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(["stored", "moved", "repeated"]);
  });

  it("closes the home of before when it asks there, though nobody had told it", async () => {
    const two = (await reshard("gossip", 2)) as Layout;
    const key = Array.from({ length: 50 }, (_, at) => keyOf(`g${at}`)).find(
      (one) => homeOf(nameOfOrigin(one), 2) === 1,
    )!;
    const four = (await reshard("gossip", 4)) as Layout;
    const home = homeOf(nameOfOrigin(key), 4);
    const request = batch("gossip", "one", key);
    await streamAt("gossip", home).append({ ...request, shard: home, layout: four });
    if (home !== 1)
      expect(await streamAt("gossip", 1).append({ ...request, shard: 1, layout: two })).toMatchObject({
        kind: "moved",
      });
    expect((await verifyService(bindings, "gossip")).acknowledged).toBe(1);
  });

  it("goes on with a session in its new home, from where it stood", async () => {
    const session = Array.from({ length: 50 }, (_, at) => `s${at}`).find((one) => homeOf(`session:${one}`, 4) === 2)!;
    const frame = (number: number) => batch("resumed", `${number}`, { kind: "frame", session, frame: number });
    await appendTo(bindings, frame(1));
    await appendTo(bindings, frame(2));
    await reshard("resumed", 4);
    expect(await lastFrameOf(bindings, "resumed", session)).toBe(2);
    expect(await appendTo(bindings, frame(2))).toMatchObject({ kind: "repeated" });
    expect(await appendTo(bindings, frame(3))).toMatchObject({ kind: "stored", seq: { shard: 2, first: 1 } });
    await reshard("resumed", 1);
    expect(await appendTo(bindings, frame(4))).toMatchObject({ kind: "stored", seq: { shard: 0, first: 3 } });
    expect(await appendTo(bindings, frame(4))).toMatchObject({ kind: "repeated" });
  });

  it("does not trust what it knew of a session that went on elsewhere", async () => {
    const session = Array.from({ length: 50 }, (_, at) => `t${at}`).find((one) => homeOf(`session:${one}`, 4) === 2)!;
    const frame = (number: number) => batch("returned", `${number}`, { kind: "frame", session, frame: number });
    await streamAt("returned", 0).append({ ...frame(1), shard: 0 });
    const four = (await reshard("returned", 4)) as Layout;
    await streamAt("returned", 2).append({ ...frame(2), shard: 2, layout: four });
    const one = (await reshard("returned", 1)) as Layout;
    expect(await streamAt("returned", 0).lastFrame("returned", session, one)).toEqual({ frame: 2 });
    expect(await streamAt("returned", 0).append({ ...frame(2), shard: 0, layout: one })).toMatchObject({
      kind: "repeated",
    });
    expect(await streamAt("returned", 0).append({ ...frame(3), shard: 0, layout: one })).toMatchObject({
      kind: "stored",
    });
  });

  it("loses nothing when the count changes under traffic, up and down", async () => {
    let sent = 0;
    const send = async (from: number) => {
      for (let at = from; at < 120; at += 4) {
        const answer = await appendTo(
          bindings,
          batch("busy", `line ${at}`, at % 3 === 0 ? undefined : keyOf(`busy ${at}`)),
        );
        expect(answer.kind).toBe("stored");
        sent++;
        if (at % 3 !== 0)
          expect((await appendTo(bindings, batch("busy", `line ${at}`, keyOf(`busy ${at}`)))).kind).toBe("repeated");
      }
    };
    const change = async () => {
      for (const shards of [4, 2, 7, 1, 3]) {
        await reshard("busy", shards);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    };
    await Promise.all([send(0), send(1), send(2), send(3), change()]);
    await completed("busy");
    expect(await verifyService(bindings, "busy")).toMatchObject({ acknowledged: sent, stored: sent, records: sent });
    const { results } = await bindings.DB.prepare(
      "SELECT message FROM records WHERE service_id = (SELECT id FROM services WHERE name = 'busy')",
    ).all<{ message: string }>();
    expect(new Set(results.map(({ message }) => message)).size).toBe(120);
    expect(results).toHaveLength(120);
  });

  it("keeps its layout when every shard is evicted", async () => {
    const layout = await reshard("slept", 2);
    await evictDurableObject(streamAt("slept", 0));
    expect(await streamAt("slept", 0).layout()).toEqual(layout);
    expect(await askShards(bindings, "slept", async (_stream, shard) => shard)).toEqual([0, 1]);
  });
});
