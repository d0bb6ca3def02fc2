import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { streamOf } from "../../worker/env.ts";
import { ask, bindings, json, post } from "./ask.ts";
import { bearer, makeKey } from "./auth/make-key.ts";
import { openSocket } from "./open-socket.ts";

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `{"n":${at}}`).join("\n");
const keyOf = (dailyRecords: number): ReturnType<typeof makeKey> => makeKey("ingest", { dailyRecords });
const send = (service: string, key: string, count: number, more: Record<string, string> = {}): Promise<Response> =>
  post(`/ingest/${service}`, lines(count), { ...bearer(key), ...more });
const countOf = async (service: string): Promise<number> =>
  (await json<{ records: object[] }>(ask(`/api/logs?service=${service}&from=0&limit=1000`))).records.length;

describe("a key's daily quota", () => {
  it("takes exactly as many records, and of a batch all or none", async () => {
    const { key } = await keyOf(100);
    expect((await send("quota", key, 60)).status).toBe(200);
    const past = await send("quota", key, 41);
    expect(past.status).toBe(503);
    expect(await past.json()).toMatchObject({ error: { code: "quota_exceeded" } });
    expect((await send("quota", key, 40)).status).toBe(200);
    expect((await send("quota", key, 1)).status).toBe(503);
    expect(await countOf("quota")).toBe(100);
  });

  it("is each key's own, and for each service", async () => {
    const [first, second] = [await keyOf(10), await keyOf(10)];
    expect((await send("quota-own", first.key, 10)).status).toBe(200);
    expect((await send("quota-own", first.key, 1)).status).toBe(503);
    expect((await send("quota-own", second.key, 10)).status).toBe(200);
    expect((await send("quota-other", first.key, 10)).status).toBe(200);
    expect((await post("/ingest/quota-own", lines(10))).status).toBe(200);
  });

  it("does not count a retry twice", async () => {
    const { key } = await keyOf(10);
    for (let attempt = 0; attempt < 3; attempt++)
      expect((await send("quota-retry", key, 10, { "Idempotency-Key": "once" })).status).toBe(200);
    expect(await countOf("quota-retry")).toBe(10);
  });

  it("outlives the stream's sleep, and begins anew with the day", async () => {
    const { key } = await keyOf(10);
    expect((await send("quota-asleep", key, 10)).status).toBe(200);
    const stream = streamOf(bindings, "quota-asleep");
    await evictDurableObject(stream);
    expect((await send("quota-asleep", key, 1)).status).toBe(503);
    await runInDurableObject(stream, async (_instance, { storage }) => {
      storage.sql.exec("UPDATE quotas SET day = day - 1");
    });
    expect((await send("quota-asleep", key, 10)).status).toBe(200);
  });

  it("holds for sockets", async () => {
    const { key } = await keyOf(2);
    const sender = await openSocket("/ingest/quota-socket", bearer(key));
    sender.socket.send("one\ntwo");
    await sender.frame(({ ack }) => ack === 1);
    sender.socket.send("three");
    expect(await sender.frame((frame) => "error" in frame)).toMatchObject({ error: { code: "quota_exceeded" } });
  });

  it("holds over all shards together", async () => {
    const { key } = await keyOf(9);
    await json(
      ask("/api/services/quota-shards", {
        method: "PUT",
        body: '{"shards":2}',
        headers: { "Content-Type": "application/json" },
      }),
    );
    let accepted = 0;
    for (let at = 0; at < 30; at++) if ((await send("quota-shards", key, 1)).status === 200) accepted++;
    expect(accepted).toBe(9);
  });
});
