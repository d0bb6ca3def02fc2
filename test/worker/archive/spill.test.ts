import { createMessageBatch, getQueueResult } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import type { DeliveryMessage } from "../../../core/delivery/message.ts";
import type { Env } from "../../../worker/env.ts";
import worker from "../../../worker/index.ts";
import { MAX_BYTES_FOR_ROWS } from "../../../worker/queue/database-size.ts";
import { commitSpill, putMessages, spillMessages } from "../../../worker/queue/spill-messages.ts";
import { MAX_HOT_LAG_MS } from "../../../worker/queue/tier-of.ts";
import { unpackMessage } from "../../../worker/queue/unpacked-message.ts";
import { appendOf, messageOf, recordOf } from "../../durable-objects/stream-fixture.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { answersOf, hotRowsOf, keysOf, lines, putSettings, RANGE, sourcesOf } from "./answers.ts";

describe("an archive-only service", () => {
  beforeAll(async () => {
    await json(putSettings("cold", { hotDays: 0 }));
    for (const service of ["cold", "warm"]) {
      await json(post(`/ingest/${service}`, lines(40).join("\n")));
      await settled();
      await json(post(`/ingest/${service}`, lines(20, 40).join("\n")));
      await settled();
    }
  }, 60_000);

  it("has no row a record, and answers everything as a hot one does", async () => {
    expect(await hotRowsOf("cold")).toBe(0);
    expect(await hotRowsOf("warm")).toBe(60);
    expect(await answersOf("cold")).toEqual(await answersOf("warm"));
  });

  it("says where its records come from", async () => {
    expect(await sourcesOf("cold")).toEqual({ memory: 0, hot: 0, segments: 60 });
    const { records } = await json<{ records: { source: string }[] }>(
      ask(`/api/logs?service=cold&${RANGE}&q=zanzibar`),
    );
    expect(records).toMatchObject([{ source: "archive", path: "/zanzibar?q=1", seq: 18, durationMs: 18 }]);
  });

  it("tells how many of them needed no look", async () => {
    const skipped = async (rest: string) =>
      (await json<{ skipped: number }>(ask(`/api/logs?service=cold&${RANGE}&limit=1000${rest}`))).skipped;
    expect(await skipped("")).toBe(0);
    expect(await skipped("&q=status:>=200")).toBe(0);
    expect(await skipped("&q=nowhere-to-be-found")).toBe(60);
  });

  it("pages through its records once, both ways", async () => {
    for (const order of ["newest", "oldest"]) {
      const seen: number[] = [];
      let cursor: string | undefined = "";
      while (cursor !== undefined) {
        const page: { records: { seq: number }[]; cursor?: string } = await json(
          ask(`/api/logs?service=cold&${RANGE}&limit=7&order=${order}&cursor=${cursor}`),
        );
        seen.push(...page.records.map(({ seq }) => seq));
        cursor = page.cursor;
      }
      expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => (order === "newest" ? 60 - n : n + 1)));
    }
  });

  it("shows in the pipeline where its latest message went", async () => {
    const { archive } = await json<{ archive: { service: string }[] }>(ask("/api/pipeline"));
    const of = (service: string) => archive.find((each) => each.service === service);
    const iso = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(of("cold")).toMatchObject({ segments: 2, records: 60, latest: "archive", oldest: iso });
    expect(of("warm")).toMatchObject({
      ...{ segments: 0, records: 0, latest: "hot" },
      ...{ lastSpilled: null, oldest: null, lastChange: null },
    });
  });

  it("is complete by its ledger, and its objects say when they were received", async () => {
    expect(await json(ask("/api/pipeline/verify?service=cold"))).toMatchObject({ complete: true, records: 60 });
    const today = new Date().toISOString().slice(0, 10);
    for (const key of await keysOf("cold"))
      expect(key).toMatch(new RegExp(`^archive/service=cold/date=${today}/hour=\\d\\d/0-\\d+-[0-9a-f]{12}\\.parquet$`));
  });
});

/** Appends to a stream whose alarm has not run, so that its messages can be applied by hand. */
async function messages(
  service: string,
  batches: number,
  receivedMs = Date.now(),
  timeOf?: (batch: number, n: number) => number,
): Promise<DeliveryMessage[]> {
  const stream = bindings.STREAMS.getByName(`${service}/0`);
  const made: DeliveryMessage[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const records = Array.from({ length: 10 }, (_, n) =>
      recordOf({ message: `${service} ${batch} ${n}`, status: 200, ...(timeOf && { tsMs: timeOf(batch, n) }) }),
    );
    const answer = await stream.append(appendOf(service, records, undefined, receivedMs));
    if (answer.kind !== "stored" || !answer.seq) throw new Error(`not stored: ${answer.kind}`);
    made.push(await messageOf(service, answer.seq.first, answer.seq.last));
  }
  return made;
}

const unpacked = (all: readonly DeliveryMessage[]) =>
  Promise.all(all.map((message) => unpackMessage(bindings, message)));

async function seqsOf(service: string): Promise<number[]> {
  const { records } = await json<{ records: { seq: number }[] }>(ask(`/api/logs?service=${service}&from=0&limit=1000`));
  return records.map(({ seq }) => seq).sort((a, b) => a - b);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

describe("spilling", () => {
  it("makes one object of several messages, and of the same ones the same", async () => {
    const all = await unpacked(await messages("together", 3));
    const first = await putMessages(bindings, all);
    const again = await putMessages(bindings, all.toReversed());
    expect(again.segment).toEqual(first.segment);
    expect(again.statistics.summaryRows()).toEqual(first.statistics.summaryRows());
    expect(first.segment).toMatchObject({ records: 30, seqs: [[0, 1, 30]], kind: "spilled" });
    expect(await keysOf("together")).toHaveLength(1);
  });

  it("keeps the minutes of an old log that comes fast: as many as its messages could tell of each for itself", async () => {
    const startMs = Date.UTC(2026, 0, 1);
    const minute = (batch: number, n: number): number => startMs + (batch * 100 + n * 10) * 60_000;
    const all = await unpacked(await messages("old", 13, undefined, minute));
    const counted = await putMessages(bindings, all);
    const parts = counted.statistics.summaryRows().flatMap((rows) => JSON.parse(rows) as [stepMs: number][]);
    expect(parts.map(([stepMs]) => stepMs)).toEqual(Array.from({ length: 130 }, () => 60_000));
    await commitSpill(bindings, all, counted, Date.now());
    const span = `from=${startMs}&to=${startMs + 1_300 * 60_000}`;
    expect(await json(ask(`/api/stats?service=old&${span}&step=1m&only=count`))).toMatchObject({
      answeredFrom: "summaries",
      total: { count: 130 },
    });
  });

  it("shows nothing of an object without its row, and everything once after the second step", async () => {
    const all = await unpacked(await messages("cut", 2));
    const spilled = await putMessages(bindings, all);
    const { sources } = await json<{ sources: object }>(ask("/api/logs?service=cut&from=0&limit=100"));
    expect(sources).toEqual({ memory: 20, hot: 0, segments: 0 });
    await commitSpill(bindings, all, spilled, Date.now());
    expect(await seqsOf("cut")).toEqual(upTo(20));
    await expect(commitSpill(bindings, all, spilled, Date.now())).rejects.toThrow(/ledger/);
    await spillMessages(bindings, all, Date.now());
    expect(await seqsOf("cut")).toEqual(upTo(20));
    expect(await json(ask("/api/stats?service=cut&from=0&step=1d&q=status:200"))).toMatchObject({
      buckets: [{ count: 20 }],
    });
  });

  it("leaves out what was applied before, alone or in another company", async () => {
    const [a, b, c] = (await unpacked(await messages("company", 3))) as [never, never, never];
    expect(await spillMessages(bindings, [a, b], Date.now())).toEqual([a, b]);
    expect(await spillMessages(bindings, [b, c], Date.now())).toEqual([c]);
    expect(await spillMessages(bindings, [c, a], Date.now())).toEqual([]);
    expect(await seqsOf("company")).toEqual(upTo(30));
    expect(await json(ask("/api/stats?service=company&from=0&step=1d"))).toMatchObject({ buckets: [{ count: 30 }] });
  });

  it("writes four rows for a thousand lines", async () => {
    const stream = bindings.STREAMS.getByName("cheap/0");
    const records = Array.from({ length: 1_000 }, (_, n) => recordOf({ message: `line ${n}` }));
    const spill = async (): Promise<number> => {
      const answer = await stream.append(appendOf("cheap", records));
      if (answer.kind !== "stored") throw new Error(answer.kind);
      let written = 0;
      const counting = {
        ...bindings,
        DB: new Proxy(bindings.DB, {
          get: (db, name) =>
            name === "batch"
              ? async (statements: D1PreparedStatement[]) => {
                  const results = await db.batch(statements);
                  for (const { meta } of results) written += meta.rows_written;
                  return results;
                }
              : (Reflect.get(db, name) as (...args: unknown[]) => unknown).bind(db),
        }),
      };
      await spillMessages(
        counting,
        await unpacked([await messageOf("cheap", answer.seq!.first, answer.seq!.last)]),
        Date.now(),
      );
      return written;
    };
    await spill();
    // Ledger, segment, service and one minute's summary.
    expect(await spill()).toBe(4);
  });
});

describe("the consumer", () => {
  const deliver = async (all: readonly DeliveryMessage[], env: Env = bindings) => {
    const batch = createMessageBatch(
      "weir-records",
      all.map((body, at) => ({ id: `${at}`, timestamp: new Date(), attempts: 1, body })),
    );
    const ctx = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
    await worker.queue(batch as MessageBatch<DeliveryMessage>, env, ctx as unknown as ExecutionContext);
    return getQueueResult(batch, ctx as unknown as ExecutionContext).catch(() => undefined);
  };

  it("spills what was received too long ago to be kept up with, and no more", async () => {
    await deliver(await messages("late", 2, Date.now() - MAX_HOT_LAG_MS - 1_000));
    expect(await hotRowsOf("late")).toBe(0);
    await deliver((await messages("late", 1, Date.now())).slice(-1));
    expect(await hotRowsOf("late")).toBe(10);
    expect(await seqsOf("late")).toEqual(upTo(30));
  });

  it("spills once the day's rows are spent", async () => {
    await json(putSettings("spent", { hotRowsPerDay: 15 }));
    for (let batch = 0; batch < 4; batch++) await deliver(await messages("spent", 1));
    // 10 rows are under 15, and the batch that passes it is still whole.
    expect(await hotRowsOf("spent")).toBe(20);
    expect(await seqsOf("spent")).toEqual(upTo(40));
  });

  it("spills once the database is full, and no more when there is room again", async () => {
    const ofSize = (bytes: number): Env => ({
      ...bindings,
      DB: new Proxy(bindings.DB, {
        get: (db, name) =>
          name === "batch"
            ? async (statements: D1PreparedStatement[]) =>
                (await db.batch(statements)).map((result) => ({
                  ...result,
                  meta: { ...result.meta, size_after: bytes },
                }))
            : (Reflect.get(db, name) as (...args: unknown[]) => unknown).bind(db),
      }),
    });
    // The first one of each is stored before its size is known.
    await deliver(await messages("full", 1), ofSize(MAX_BYTES_FOR_ROWS));
    await deliver(await messages("full", 1), ofSize(MAX_BYTES_FOR_ROWS + 1));
    expect(await hotRowsOf("full")).toBe(20);
    await deliver(await messages("full", 1), ofSize(MAX_BYTES_FOR_ROWS));
    expect(await hotRowsOf("full")).toBe(20);
    await deliver(await messages("full", 1));
    expect(await hotRowsOf("full")).toBe(30);
    expect(await seqsOf("full")).toEqual(upTo(40));
  });
});
