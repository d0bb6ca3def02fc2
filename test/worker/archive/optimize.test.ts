import { beforeAll, describe, expect, it } from "vitest";
import {
  commitMerge,
  joinedRuns,
  MAX_BYTES,
  MAX_OBJECTS,
  MAX_RECORDS,
  mergesOf,
  optimizeService,
  putMerged,
} from "../../../worker/archive/optimize-service.ts";
import { removeHot } from "../../../worker/archive/remove-hot.ts";
import { replayRange } from "../../../worker/archive/replay-range.ts";
import { rowsBack } from "../../../worker/archive/rows-back.ts";
import { linkSegments } from "../../../worker/archive/segment-log.ts";
import { type SegmentColumns, type SegmentRow, segmentOf } from "../../../worker/archive/segment-row.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { answersOf, hotRowsOf, knownService, lines, putSettings, RANGE, sourcesOf } from "./answers.ts";

const { DB, ARCHIVE } = bindings;
const DAY_MS = 86_400_000;

async function segmentsOf(service: string): Promise<SegmentRow[]> {
  const { results } = await DB.prepare(
    "SELECT * FROM segments WHERE service_id = (SELECT id FROM services WHERE name = ?)",
  )
    .bind(service)
    .all<SegmentColumns>();
  return results.map(segmentOf);
}

/** Four messages of each service, and so four segments; of all services together, as a delivery takes seconds. */
async function fill(...services: string[]): Promise<void> {
  for (const service of services) await json(putSettings(service, { hotDays: 0 }));
  for (let from = 0; from < 60; from += 15) {
    for (const service of services) await json(post(`/ingest/${service}`, lines(15, from).join("\n")));
    await settled();
  }
}

const postJson = <Body>(path: string, body: object): Promise<Body> =>
  json<Body>(post(path, JSON.stringify(body), { "Content-Type": "application/json" }));

interface Proof {
  intact: boolean;
  services: { segments: number; records: number; removed: object; problems: { problem: string }[] }[];
}
const proofOf = (service: string, deep = 1) => json<Proof>(ask(`/api/archive/verify?service=${service}&deep=${deep}`));

/** What is wrong, in which service, how it comes about, and what is said of it. */
const DAMAGES: [what: string, service: string, damage: (key: string) => Promise<unknown>, problem: RegExp][] = [
  ["an object is gone", "gone", async (key: string) => ARCHIVE.delete(key), /not in the bucket/],
  [
    "a byte of an object was changed",
    "changed",
    async (key: string) => {
      const bytes = new Uint8Array(await (await ARCHIVE.get(key))!.arrayBuffer());
      bytes[100]! ^= 1;
      await ARCHIVE.put(key, bytes);
    },
    /not those that were written/,
  ],
  [
    "a row was removed behind the log's back",
    "row-gone",
    async (key: string) => DB.prepare("DELETE FROM segments WHERE key = ?").bind(key).run(),
    /the database does not/,
  ],
  [
    "an entry of the log was changed",
    "log-changed",
    async (key: string) => DB.prepare("UPDATE segment_log SET records = 1 WHERE key = ?").bind(key).run(),
    /was changed/,
  ],
  [
    "a segment and its entry at the end of the log were removed together",
    "log-cut",
    async (key: string) =>
      DB.batch([
        DB.prepare("DELETE FROM segment_log WHERE key = ?").bind(key),
        DB.prepare("DELETE FROM segments WHERE key = ?").bind(key),
      ]),
    /which the log does not have/,
  ],
  [
    "the log was removed, and its segments left",
    "log-short",
    async () =>
      DB.prepare("DELETE FROM segment_log WHERE service_id = (SELECT id FROM services WHERE name = 'log-short')").run(),
    /the log does not have it/,
  ],
  [
    "an entry in the middle of the log was removed",
    "log-hole",
    async () =>
      DB.prepare(
        "DELETE FROM segment_log WHERE number = 2 AND service_id = (SELECT id FROM services WHERE name = 'log-hole')",
      ).run(),
    /is missing/,
  ],
];

beforeAll(() => fill("small", "holed", "again", ...DAMAGES.map(([, service]) => service)), 120_000);

describe("optimising", () => {
  it("makes one object of a day's small ones, cut or not, and changes no answer", async () => {
    const before = await answersOf("small");
    const service = await knownService("small");
    const [group] = mergesOf(await segmentsOf("small"));
    expect(group).toHaveLength(4);
    await putMerged(bindings, service, group!);
    expect(await answersOf("small")).toEqual(before);

    expect(await postJson("/api/archive/optimize", { service: "small" })).toEqual({
      merged: 4,
      into: 1,
      hasMore: true,
      summaries: 0,
    });
    expect(await segmentsOf("small")).toMatchObject([{ kind: "merged", records: 60, seqs: [[0, 1, 60]] }]);
    expect(await answersOf("small")).toEqual(before);
    expect(await sourcesOf("small")).toEqual({ memory: 0, hot: 0, segments: 60 });
    // Whoever planned the same merge before finds its segments gone.
    await expect(
      commitMerge(bindings, service, group!, await putMerged(bindings, service, group!), Date.now()),
    ).rejects.toThrow();
    expect(await optimizeService(bindings, service, Date.now(), { maxMerges: 5, minObjects: 2 })).toMatchObject({
      merged: 0,
    });
    expect(await proofOf("small")).toMatchObject({
      intact: true,
      services: [{ segments: 1, records: 60, removed: { merged: 4 } }],
    });
  });

  it("joins runs of seqs", () => {
    expect(
      joinedRuns([
        [0, 11, 20],
        [1, 1, 5],
        [0, 1, 10],
        [0, 30, 40],
      ]),
    ).toEqual([
      [0, 1, 20],
      [0, 30, 40],
      [1, 1, 5],
    ]);
  });

  it("does not merge what was received on different days, nor a segment alone", () => {
    const at = (receivedFromMs: number) => ({ receivedFromMs, bytes: 1, records: 1 }) as SegmentRow;
    expect(
      mergesOf([at(0), at(1), at(DAY_MS), at(2 * DAY_MS), at(2 * DAY_MS + 1)]).map((group) => group.length),
    ).toEqual([2, 2]);
  });

  it.each([
    ["records", MAX_RECORDS, { bytes: 1, records: MAX_RECORDS / 4 }, 4],
    ["bytes", MAX_BYTES, { bytes: MAX_BYTES / 4, records: 1 }, 4],
    ["objects", MAX_OBJECTS, { bytes: 1, records: 1 }, MAX_OBJECTS],
  ])("keeps to the most %s of a merge, %d, and begins a new one past it", (_what, _most, each, count) => {
    const many = (length: number) =>
      Array.from({ length }, () => ({ receivedFromMs: 0, ...each })) as unknown as SegmentRow[];
    expect(mergesOf(many(count)).map((group) => group.length)).toEqual([count]);
    expect(mergesOf(many(count + 2)).map((group) => group.length)).toEqual([count, 2]);
  });

  it("answers with the rest, and says so, where an object cannot be read", async () => {
    const [{ key }] = (await segmentsOf("holed")) as [SegmentRow];
    const good = await json<{ partial?: true }>(ask(`/api/stats?service=holed&${RANGE}&step=1d&q=method:GET`));
    expect(good).toMatchObject({ buckets: [{ count: 60 }] });
    expect(good.partial).toBeUndefined();
    // The same records under another key, of which nobody remembers anything.
    await DB.prepare("UPDATE segments SET key = 'archive/service=holed/nowhere.parquet' WHERE key = ?").bind(key).run();
    expect(await json(ask(`/api/stats?service=holed&${RANGE}&step=1d&q=method:GET`))).toMatchObject({
      partial: true,
      buckets: [{ count: 45 }],
    });
    const logs = await json<{ records: object[] }>(ask(`/api/logs?service=holed&${RANGE}&limit=100`));
    expect(logs).toMatchObject({ partial: true });
    expect(logs.records).toHaveLength(45);
  });

  it("says that there is more until statistics are merged too, in a request after the last merge of objects", async () => {
    await fill("both");
    const first = await postJson("/api/archive/optimize", { service: "both" });
    expect(first).toMatchObject({ merged: 4, into: 1, summaries: 0, hasMore: true });
    const second = await postJson<{ summaries: number }>("/api/archive/optimize", { service: "both" });
    expect(second).toMatchObject({ merged: 0, into: 0, hasMore: true });
    expect(second.summaries).toBeGreaterThan(0);
  });

  it("knows only services that have stored something", async () => {
    expect((await ask("/api/archive/verify?service=nobody")).status).toBe(404);
    expect(
      (await post("/api/archive/optimize", '{"service":"nobody"}', { "Content-Type": "application/json" })).status,
    ).toBe(404);
  });
});

describe("verifying", () => {
  it.each(DAMAGES)("finds that %s", async (_what, service, damage, problem) => {
    await postJson("/api/archive/optimize", { service });
    expect(await proofOf(service)).toMatchObject({ intact: true });
    const [{ key }] = (await segmentsOf(service)) as [SegmentRow];
    await damage(key);
    const proof = await proofOf(service);
    expect(proof.intact).toBe(false);
    expect(proof.services[0]!.problems[0]!.problem).toMatch(problem);
  });
});

describe("a head that was written down", () => {
  const withHead = (head: string) => json<Proof>(ask(`/api/archive/verify?service=again&head=${head}`));

  it("is found again however the log went on, and missed where its end was cut off with the segments", async () => {
    await linkSegments(bindings, await knownService("again"), Date.now());
    const { services } = await json<{ services: { head: { number: number; link: string } }[] }>(
      ask("/api/archive/verify?service=again"),
    );
    const { number, link } = services[0]!.head;
    const head = `${number}:${link.slice(0, 16)}`;
    await postJson("/api/archive/optimize", { service: "again" });
    expect(await withHead(head)).toMatchObject({ intact: true });
    expect(await withHead(`${number}:${link}`)).toMatchObject({ intact: true });
    expect((await withHead(`${number - 1}:${link}`)).services[0]!.problems).toMatchObject([
      { problem: `entry ${number - 1} of the log is not the one that was written down` },
    ]);
    expect((await withHead(`900:${link}`)).services[0]!.problems[0]!.problem).toMatch(/ends with entry .*, before 900/);
  });

  it.each(["service=again&head=12", "service=again&head=1:abc", "head=1:0123456789abcdef"])(
    "is refused as %s",
    async (query) => {
      expect((await ask(`/api/archive/verify?${query}`)).status).toBe(400);
    },
  );
});

describe("replaying", () => {
  it("brings archived records back as rows, for some days, and changes no answer", async () => {
    const before = await answersOf("again");
    const body = { service: "again", from: "2025-11-22T10:03:00Z", to: "2025-11-22T11:00:00Z", days: 3 };
    expect(await postJson("/api/archive/replay", body)).toMatchObject({ records: 42, hasMore: false });
    expect(await hotRowsOf("again")).toBe(42);
    expect(await sourcesOf("again")).toEqual({ memory: 0, hot: 42, segments: 18 });
    expect(await answersOf("again")).toEqual(before);
    expect(await postJson("/api/archive/replay", body)).toMatchObject({ records: 0 });

    const service = await knownService("again");
    await removeHot(bindings, service, Date.now() + DAY_MS, Date.now() + DAY_MS);
    expect(await hotRowsOf("again")).toBe(42);
    await removeHot(bindings, service, Date.now() + 4 * DAY_MS, Date.now() + 4 * DAY_MS);
    expect(await hotRowsOf("again")).toBe(0);
    expect(await sourcesOf("again")).toEqual({ memory: 0, hot: 0, segments: 60 });
    expect(await answersOf("again")).toEqual(before);
  });

  it("goes on where a request came to its bound, in steps that memory has room for", async () => {
    const service = await knownService("again");
    const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    const before = await answersOf("again");
    await postJson("/api/archive/optimize", { service: "again" });
    const [segment] = await segmentsOf("again");
    const object = new Uint8Array(await (await ARCHIVE.get(segment!.key))!.arrayBuffer());
    const steps = [];
    for await (const { rows } of rowsBack(object, range, 7)) steps.push(rows);
    expect(steps.map(({ length }) => length)).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 4]);
    expect(steps.flatMap((rows) => rows.map(([, seq]) => seq)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 1),
    );
    const untilMs = Date.now() + 3 * DAY_MS;
    expect(await replayRange(bindings, service, range, untilMs, { maxRows: 20, stepRows: 20 })).toMatchObject({
      records: 20,
      hasMore: true,
    });
    expect(await hotRowsOf("again")).toBe(20);
    expect(await answersOf("again")).toEqual(before);
    expect(await replayRange(bindings, service, range, untilMs)).toMatchObject({ records: 40, hasMore: false });
    expect(await sourcesOf("again")).toEqual({ memory: 0, hot: 60, segments: 0 });
    expect(await answersOf("again")).toEqual(before);
  });

  it("refuses a range that is none", async () => {
    const answer = await post("/api/archive/replay", '{"service":"again","from":"yesterday"}', {
      "Content-Type": "application/json",
    });
    expect(answer.status).toBe(400);
    expect((await ask(`/api/logs?service=again&${RANGE}`)).status).toBe(200);
  });
});
