import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { MESSAGE_PLAIN_BYTES } from "../../core/delivery/message-plan.ts";
import { applyMessage } from "../../worker/queue/apply-message.ts";
import { appendOf, bindings, messageOf, recordOf, storedSeqs } from "./stream-fixture.ts";

const streamOf = (service: string) => bindings.STREAMS.getByName(`${service}/0`);
const three = [
  recordOf({ message: "one" }),
  recordOf({ message: "two", level: "error" }),
  recordOf({ message: "three", status: 200 }),
];
const settled = (service: string) =>
  expect.poll(async () => (await streamOf(service).status()).unconfirmed, { timeout: 15_000, interval: 100 }).toBe(0);

describe("ServiceStream", () => {
  it("numbers records from 1, without a gap", async () => {
    const stream = streamOf("numbers");
    expect(await stream.append(appendOf("numbers", three))).toMatchObject({
      kind: "stored",
      seq: { shard: 0, first: 1, last: 3 },
    });
    expect(await stream.append(appendOf("numbers", three.slice(1)))).toMatchObject({ seq: { first: 4, last: 5 } });
  });

  it("delivers by itself, and counts what is stored", async () => {
    await streamOf("delivers").append(appendOf("delivers", three));
    await settled("delivers");
    expect(await storedSeqs("delivers")).toEqual([1, 2, 3]);
    expect(await streamOf("delivers").status()).toMatchObject({
      acknowledged: 3,
      stored: 3,
      unconfirmed: 0,
      errorRate: 1 / 3,
    });
  });

  it("forgets nothing when it is evicted with unconfirmed packs", async () => {
    const stream = streamOf("evicted");
    await stream.append(appendOf("evicted", three));
    await evictDurableObject(stream);
    expect(await stream.status()).toMatchObject({ acknowledged: 3, lastSeq: 3 });
    expect(await stream.append(appendOf("evicted", three))).toMatchObject({ seq: { first: 4, last: 6 } });
    await settled("evicted");
    expect(await storedSeqs("evicted")).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("keeps counters and seqs when it is evicted after everything is confirmed", async () => {
    const stream = streamOf("evicted-late");
    await stream.append(appendOf("evicted-late", three));
    await settled("evicted-late");
    await expect
      .poll(
        () =>
          runInDurableObject(
            stream,
            (_instance, { storage }) => storage.sql.exec("SELECT count(*) AS n FROM journal").one().n,
          ),
        { timeout: 5_000 },
      )
      .toBe(0);
    await evictDurableObject(stream);
    expect(await stream.status()).toMatchObject({ acknowledged: 3, stored: 3, lastSeq: 3 });
    expect(await stream.append(appendOf("evicted-late", three))).toMatchObject({ seq: { first: 4 } });
  });

  it("stores a message once that is delivered twice", async () => {
    const stream = streamOf("twice");
    await stream.append(appendOf("twice", three));
    const message = await messageOf("twice", 1, 3);
    expect(await applyMessage(bindings, message, Date.now())).toBe("applied");
    expect(await applyMessage(bindings, message, Date.now())).toBe("applied_before");
    await settled("twice");
    expect(await storedSeqs("twice")).toEqual([1, 2, 3]);
    const { results } = await bindings.DB.prepare("SELECT records FROM services WHERE name = 'twice'").all();
    expect(results).toEqual([{ records: 3 }]);
  });

  it("arms its alarm again when a crash has left work and no alarm", async () => {
    const stream = streamOf("unarmed");
    await stream.append(appendOf("unarmed", three));
    await runInDurableObject(stream, (_instance, { storage }) => storage.deleteAlarm());
    await evictDurableObject(stream);
    await stream.status();
    await settled("unarmed");
  });

  it("counts a repeated key once, and says when its body differs", async () => {
    const stream = streamOf("keys");
    const origin = { kind: "key", key: "k", bodyHash: "h", keptMs: 60_000 } as const;
    const first = await stream.append(appendOf("keys", three, origin));
    expect(await stream.append(appendOf("keys", three, origin))).toEqual({ ...first, kind: "repeated" });
    expect(await stream.append(appendOf("keys", three, { ...origin, bodyHash: "other" }))).toEqual({
      kind: "conflict",
    });
    expect((await stream.status()).acknowledged).toBe(3);
  });

  it("takes frames of a session in order and each once", async () => {
    const stream = streamOf("frames");
    const frame = (number: number) => appendOf("frames", three, { kind: "frame", session: "s", frame: number });
    expect(await stream.append(frame(1))).toMatchObject({ kind: "stored" });
    expect(await stream.append(frame(1))).toMatchObject({ kind: "repeated" });
    expect(await stream.append(frame(3))).toEqual({ kind: "conflict" });
    expect(await stream.append(frame(2))).toMatchObject({ kind: "stored" });
    expect(await stream.lastFrame("frames", "s")).toEqual({ frame: 2 });
    expect(await stream.lastFrame("frames", "unknown")).toEqual({ frame: 0 });
  });

  it("takes frames that come together whole, and says which of them it has when it has only some", async () => {
    const stream = streamOf("grouped");
    const frames = (frame: number, lastFrame: number) =>
      appendOf("grouped", three, { kind: "frame", session: "s", frame, lastFrame });
    expect(await stream.append(frames(1, 3))).toMatchObject({ kind: "stored" });
    expect(await stream.append(frames(2, 3))).toMatchObject({ kind: "repeated" });
    expect(await stream.append(frames(2, 5))).toEqual({ kind: "partly_repeated", latest: 3 });
    expect(await stream.append(frames(5, 6))).toEqual({ kind: "conflict" });
    expect(await stream.append(frames(4, 5))).toMatchObject({ kind: "stored" });
    expect((await stream.status()).acknowledged).toBe(6);
  });

  it("shows a dead letter, and sends it again when told", async () => {
    const stream = streamOf("dead");
    await stream.append(appendOf("dead", three));
    await settled("dead");
    await stream.append(appendOf("dead", three));
    // Sent, and not applied for as long as the queue gathers a batch: one second.
    await expect
      .poll(
        () =>
          runInDurableObject(
            stream,
            (_instance, { storage }) =>
              storage.sql.exec("SELECT count(*) AS n FROM messages WHERE first_seq = 4").one().n,
          ),
        { interval: 20 },
      )
      .toBe(1);
    await stream.fail({ firstSeq: 4, lastSeq: 6 }, "broken", true);
    const { deadLetters } = await stream.status();
    expect(deadLetters).toEqual([{ firstSeq: 4, lastSeq: 6, failedMs: expect.any(Number), reason: "broken" }]);
    await stream.replay(4);
    await settled("dead");
    expect(await storedSeqs("dead")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await stream.replay(4)).toBe(false);
  });

  it("carries a pack that no queue message can hold", async () => {
    const noise = Array.from({ length: 60_000 }, () =>
      String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000)),
    ).join("");
    await streamOf("noise").append(appendOf("noise", [recordOf({ message: noise }), recordOf({ message: "small" })]));
    await settled("noise");
    expect(await storedSeqs("noise")).toEqual([1, 2]);
  });

  it("sends text of three bytes a character in one message up to what the database binds", async () => {
    const records = Array.from({ length: 611 }, () => recordOf({ message: "語".repeat(1_000) }));
    const { packs } = appendOf("bytes", records);
    expect(packs).toHaveLength(1);
    expect(packs[0]!.plainBytes).toBeGreaterThan(MESSAGE_PLAIN_BYTES - 30_000);
    await streamOf("bytes").append({ ...appendOf("bytes", records), packs });
    await settled("bytes");
    expect(await storedSeqs("bytes")).toHaveLength(611);
    expect(await streamOf("bytes").status()).toMatchObject({ messagesSent: 1, deadLetters: [] });
  });

  it("writes one row a record and few others: the cost of a batch of 1,000", async () => {
    const records = Array.from({ length: 1_000 }, (_, at) =>
      recordOf({ tsMs: Date.UTC(2026, 10, 22, 11) + at, message: `line ${at}` }),
    );
    await streamOf("cost").append(appendOf("cost", records));
    const message = await messageOf("cost", 1, 1_000);
    let written = 0;
    const counting = {
      ...bindings,
      DB: countingBatches(bindings.DB, (rows) => {
        written += rows;
      }),
    };
    await applyMessage(counting, message, Date.now());
    expect(written / 1_000).toBeLessThanOrEqual(1.05);
  });
});

/** The database, with the rows that its batches write told. */
function countingBatches(db: D1Database, tell: (rows: number) => void): D1Database {
  return new Proxy(db, {
    get(target, name) {
      if (name !== "batch") return (target[name as keyof D1Database] as (...args: unknown[]) => unknown).bind(target);
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements);
        tell(results.reduce((sum, { meta }) => sum + meta.rows_written, 0));
        return results;
      };
    },
  });
}
