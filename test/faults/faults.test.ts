import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import type { Verified } from "../../worker/query/verify-service.ts";
import { ask, bindings, json, post } from "../worker/ask.ts";
import { openSocket } from "../worker/open-socket.ts";
import type { Faults } from "./faults.ts";

const setFaults = async (faults: Faults): Promise<void> => {
  expect((await post("/__faults", JSON.stringify(faults))).status).toBe(204);
};
afterEach(() => setFaults({}));

const lineOf = (at: number): string => JSON.stringify({ time: new Date().toISOString(), message: `line ${at}` });
/** Sends so many batches of one line and answers their number; each has to be acknowledged. */
async function send(service: string, batches: number): Promise<number> {
  for (let at = 0; at < batches; at++) await json(post(`/ingest/${service}`, lineOf(at)));
  return batches;
}
const verify = (service: string): Promise<Verified> => json(ask(`/api/pipeline/verify?service=${service}`));
const storedLines = async (service: string): Promise<string[]> => {
  const { results } = await bindings.DB.prepare(
    "SELECT message FROM records WHERE service_id = (SELECT id FROM services WHERE name = ?) ORDER BY seq",
  )
    .bind(service)
    .all<{ message: string }>();
  return results.map(({ message }) => message);
};
const sentBy = async (service: string): Promise<number> =>
  (await bindings.STREAMS.getByName(`${service}/0`).status()).messagesSent;
/** Everything that was acknowledged is stored, once, and every place says the same number. */
async function endsWhole(service: string, lines: number): Promise<void> {
  await expect.poll(async () => (await verify(service)).complete, { timeout: 50_000, interval: 300 }).toBe(true);
  // A confirmation that was lost is made good by the next delivery.
  await expect.poll(async () => (await verify(service)).stored, { timeout: 50_000, interval: 300 }).toBe(lines);
  expect(await verify(service)).toMatchObject({ acknowledged: lines, records: lines, gaps: [], overlaps: [] });
  expect(await storedLines(service)).toEqual(Array.from({ length: lines }, (_, at) => `line ${at}`));
  const live = await openSocket(`/api/live?service=${service}`);
  expect(await live.frame((frame) => frame.type === "hello")).toMatchObject({ total: { count: lines } });
  live.close();
}

describe("everything is stored once when", () => {
  it.each<[string, Faults, number]>([
    ["the database is down for a while", { database: { mode: "down" } }, 2_500],
    ["the database is full for a while", { database: { mode: "full" } }, 2_500],
    ["the database is slow", { database: { mode: "slow", ms: 700 } }, 3_000],
    ["the database does, and its answers get lost", { database: { mode: "lost_answer", share: 0.7 } }, 3_000],
    ["the queue refuses", { queue: { mode: "down" } }, 2_500],
    ["the queue takes messages twice", { queue: { mode: "twice" } }, 1_000],
    ["the queue takes messages, and its answers get lost", { queue: { mode: "lost_answer" } }, 2_500],
    ["confirmations come late", { confirmations: { mode: "slow", ms: 3_000 } }, 2_000],
    ["messages overtake each other", { queue: { mode: "late" } }, 1_000],
    ["deliveries come in another order, each twice", { deliveries: { mode: "twice" } }, 1_500],
    ["the bucket fails", { bucket: { mode: "down" } }, 1_500],
  ])("%s", async (name, faults, forMs) => {
    const service = name.replaceAll(/[^a-z]+/g, "-");
    await setFaults(faults);
    let lines = 0;
    for (const untilMs = Date.now() + forMs; Date.now() < untilMs; await scheduler.wait(60)) {
      await json(post(`/ingest/${service}`, lineOf(lines)));
      lines++;
    }
    await setFaults({});
    await endsWhole(service, lines);
  });

  it("confirmations get lost: the stream sends again, and the ledger knows it", async () => {
    await setFaults({ confirmations: { mode: "down" } });
    const lines = await send("unconfirmed", 3);
    await expect
      .poll(async () => (await verify("unconfirmed")).complete, { timeout: 20_000, interval: 200 })
      .toBe(true);
    expect((await verify("unconfirmed")).stored).toBe(0);
    await setFaults({});
    // A stream sends again after half a minute, or soon after it woke.
    await evictDurableObject(bindings.STREAMS.getByName("unconfirmed/0"));
    await endsWhole("unconfirmed", lines);
  });
});

it("stores everything once when the queue loses some of what it took", async () => {
  const service = "lost";
  await setFaults({ queue: { mode: "lost", share: 0.5 } });
  let lines = 0;
  for (let pause = 0; pause < 6; pause++) {
    lines += await send(service, 3);
    await scheduler.wait(500);
  }
  await setFaults({});
  // What is half a minute late goes to the archive.
  await expect.poll(async () => (await verify(service)).stored, { timeout: 50_000, interval: 300 }).toBe(lines);
  expect(await verify(service)).toMatchObject({ complete: true, acknowledged: lines, records: lines, overlaps: [] });
  const { records } = await json<{ records: { seq: number }[] }>(ask(`/api/logs?service=${service}`));
  expect(records.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: lines }, (_, at) => at + 1),
  );
});

it("stores everything once when the queue loses all it took, and the stream restarts while its service gets another shard", async () => {
  const service = "lost-and-spread";
  await setFaults({ queue: { mode: "lost" } });
  let lines = await send(service, 2);
  await expect.poll(() => sentBy(service), { timeout: 10_000, interval: 100 }).toBeGreaterThan(0);
  await bindings.STREAMS.getByName(`${service}/0`).reshard(service, 2);
  lines += await send(service, 2);
  await evictDurableObject(bindings.STREAMS.getByName(`${service}/0`));
  await setFaults({});
  lines += await send(service, 2);
  await expect.poll(async () => (await verify(service)).stored, { timeout: 50_000, interval: 300 }).toBe(lines);
  expect(await verify(service)).toMatchObject({ complete: true, acknowledged: lines, records: lines, overlaps: [] });
  expect(await storedLines(service)).toHaveLength(lines);
});

it("stores a service without hot rows once when its messages come twice at once", async () => {
  const service = "archived-twice";
  const body = JSON.stringify({ hotDays: 0 });
  await json(ask(`/api/services/${service}`, { method: "PUT", body, headers: { "Content-Type": "application/json" } }));
  await setFaults({ deliveries: { mode: "twice" } });
  const lines = await send(service, 3);
  await expect.poll(async () => (await verify(service)).stored, { timeout: 30_000, interval: 300 }).toBe(lines);
  expect(await verify(service)).toMatchObject({ complete: true, records: lines, overlaps: [] });
  const { records } = await json<{ records: { seq: number }[] }>(ask(`/api/logs?service=${service}`));
  expect(records.map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3]);
});

it("stores a service without hot rows once when the bucket fails for a while, and its answers get lost", async () => {
  const service = "archived";
  const body = JSON.stringify({ hotDays: 0 });
  await json(ask(`/api/services/${service}`, { method: "PUT", body, headers: { "Content-Type": "application/json" } }));
  let lines = 0;
  for (const mode of ["down", "lost_answer"] as const) {
    await setFaults({ bucket: { mode } });
    lines += await send(service, 2);
    await scheduler.wait(2_500);
  }
  await setFaults({});
  await expect.poll(async () => (await verify(service)).complete, { timeout: 50_000, interval: 300 }).toBe(true);
  expect(await verify(service)).toMatchObject({ acknowledged: lines, records: lines, gaps: [], overlaps: [] });
  expect(await storedLines(service)).toEqual([]);
  const { records } = await json<{ records: { seq: number; source: string }[] }>(ask(`/api/logs?service=${service}`));
  expect(records.map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3, 4]);
});

describe("a stream at the bound of its journal", () => {
  it("takes a batch whole or says 503 with Retry-After, and takes more once the database is back", async () => {
    await setFaults({ database: { mode: "down" }, maxJournalBytes: 600 });
    let lines = 0;
    let refused: Response | undefined;
    for (let at = 0; at < 20 && !refused; at++) {
      const answer = await post("/ingest/bounded", lineOf(lines));
      if (answer.ok) lines++;
      else refused = answer;
    }
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get("Retry-After")).toBe("2");
    expect(await refused?.json()).toMatchObject({ error: { code: "overloaded" } });
    expect(await verify("bounded").catch(() => undefined)).toBeUndefined();
    await setFaults({ maxJournalBytes: 600 });
    await expect.poll(async () => (await verify("bounded")).stored, { timeout: 50_000, interval: 300 }).toBe(lines);
    await expect.poll(async () => (await post("/ingest/bounded", lineOf(lines))).status, { timeout: 10_000 }).toBe(200);
    await endsWhole("bounded", lines + 1);
  });
});

describe("POST /api/dead-letters/discard", () => {
  const discard = (service: string, firstSeq: number) =>
    post("/api/dead-letters/discard", JSON.stringify({ service, firstSeq }), { "Content-Type": "application/json" });

  it("gives a message up, and the ledger says so", async () => {
    await send("given-up", 1);
    await endsWhole("given-up", 1);
    await setFaults({ queue: { mode: "lost_answer" }, database: { mode: "down" } });
    await send("given-up", 2);
    const stream = bindings.STREAMS.getByName("given-up/0");
    await scheduler.wait(800);
    await stream.fail({ firstSeq: 2, lastSeq: 3 }, "broken", true);
    const { deadLetters } = await stream.status();
    await setFaults({});
    for (const { firstSeq } of deadLetters) await json(discard("given-up", firstSeq));
    await expect.poll(async () => (await verify("given-up")).complete, { timeout: 20_000, interval: 200 }).toBe(true);
    const { stored, discarded } = await verify("given-up");
    expect(discarded.length).toBeGreaterThan(0);
    const given = discarded.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0);
    expect(stored + given).toBe(3);
    expect(await storedLines("given-up")).toHaveLength(stored);
    const { unconfirmed, discarded: total } = await json<{ unconfirmed: number; discarded: number }>(
      ask("/api/pipeline"),
    );
    expect([unconfirmed, total]).toEqual([0, given]);
  });

  it("knows no letter that there is not", async () => {
    expect((await discard("given-up", 99)).status).toBe(404);
  });
});
