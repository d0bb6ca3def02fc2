import { beforeAll, describe, expect, it } from "vitest";
import type { RecordJson } from "../../core/record-json.ts";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Around {
  before: RecordJson[];
  record: RecordJson;
  after: RecordJson[];
  scanned: number;
}

const seqs = (records: RecordJson[]): number[] => records.map(({ seq }) => seq);
const nameOf = ({ service, shard, seq, time }: RecordJson): string =>
  `service=${service}&shard=${shard}&seq=${seq}&time=${time}`;

// Thirty lines of one very second, stored; ten of the next, in memory; two of another service between.
beforeAll(async () => {
  const line = (second: number, n: number) =>
    accessLine({ time: `22/Nov/2026:10:00:0${second} +0000`, path: `/p${n % 3}` });
  await json(post("/ingest/around", Array.from({ length: 30 }, (_, n) => line(0, n)).join("\n")));
  await json(post("/ingest/beside", [line(0, 0), line(1, 0)].join("\n")));
  await settled();
  await json(post("/ingest/around", Array.from({ length: 10 }, (_, n) => line(1, n)).join("\n")));
});

const recordOf = async (seq: number): Promise<RecordJson> => {
  const time = seq <= 30 ? "2026-11-22T10:00:00Z" : "2026-11-22T10:00:01Z";
  const { record } = await json<{ record: RecordJson }>(ask(`/api/logs/record?service=around&seq=${seq}&time=${time}`));
  return record;
};

describe("GET /api/logs/record", () => {
  it.each([1, 17, 30])("finds record %i among many of the same millisecond", async (seq) => {
    expect(await recordOf(seq)).toMatchObject({ service: "around", shard: 0, seq, path: `/p${(seq - 1) % 3}` });
  });

  it("finds what is acknowledged and not stored yet", async () => {
    expect(await recordOf(40)).toMatchObject({ seq: 40, time: "2026-11-22T10:00:01.000Z" });
  });

  it("is given any record back by the name in an answer", async () => {
    const { records } = await json<{ records: RecordJson[] }>(ask("/api/logs?service=around&from=0&limit=40"));
    expect(records).toHaveLength(40);
    for (const { source: _source, ...record } of [records[0]!, records[39]!])
      expect(await json(ask(`/api/logs/record?${nameOf(record as RecordJson)}`))).toMatchObject({ record });
  });

  it.each([
    ["another number", "service=around&seq=41&time=2026-11-22T10:00:01Z"],
    ["number 0", "service=around&seq=0&time=2026-11-22T10:00:00Z"],
    ["another time", "service=around&seq=1&time=2026-11-22T10:00:01Z"],
    ["another shard", "service=around&shard=1&seq=1&time=2026-11-22T10:00:00Z"],
    ["another service", "service=nobody&seq=1&time=2026-11-22T10:00:00Z"],
  ])("has none for %s", async (_name, query) => {
    const answer = await ask(`/api/logs/record?${query}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: "not_found" } });
  });

  it.each([
    ["no number", "service=around&time=0"],
    ["a number that is none", "service=around&seq=-1&time=0"],
    ["no time", "service=around&seq=1"],
    ["a time that is none", "service=around&seq=1&time=noon"],
    ["a service that is none", "service=A%20B&seq=1&time=0"],
  ])("refuses %s", async (_name, query) => {
    expect((await ask(`/api/logs/record?${query}`)).status).toBe(400);
  });
});

it("says in words what is missing, and what is too much", async () => {
  const missing = await ask("/api/logs/record?service=around&seq=1");
  expect(await missing.json()).toMatchObject({
    error: {
      message: "the query string is not valid: time: is missing",
      issues: [{ path: "time", message: "is missing" }],
    },
  });
  const tooMuch = await post("/api/sql", JSON.stringify({ sql: "SELECT 1", x: 1 }), {
    "Content-Type": "application/json",
  });
  expect(await tooMuch.json()).toMatchObject({
    error: { message: "the body is not valid: x: is nothing that this takes" },
  });
});

it.each([
  ["logs?query=x", "query: is called q here"],
  ["logs?start=-1h&end=now", "start: is called from here; end: is called to here"],
  ["logs?offset=5", "offset: is called cursor here"],
  ["stats?group_by=status", "group_by: is called groupBy here"],
  ["logs?limit=abc", "limit: has to be a whole number"],
  ["logs?limit=0", "limit: has to be at least 1"],
  ["logs?limit=5001", "limit: has to be at most 5000"],
])("says what is wrong with %s", async (question, words) => {
  const answer = await ask(`/api/${question}`);
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { error: { code: "invalid_request", message: `the query string is not valid: ${words}` } },
  ]);
});

it("passes over what it does not know", async () => {
  expect((await ask("/api/logs?service=around&from=0&nonce=1")).status).toBe(200);
});

describe("GET /api/logs/context", () => {
  const around = (query: string): Promise<Around> =>
    json<Around>(ask(`/api/logs/context?service=around&seq=29&time=2026-11-22T10:00:00Z&${query}`));

  it("tells what the service logged before and after, from memory and database, oldest first", async () => {
    const { before, record, after, scanned } = await around("before=3&after=4");
    expect(seqs(before)).toEqual([26, 27, 28]);
    expect(record.seq).toBe(29);
    expect(seqs(after)).toEqual([30, 31, 32, 33]);
    expect([...before, ...after].every(({ service }) => service === "around")).toBe(true);
    expect(scanned).toBeGreaterThanOrEqual(8);
  });

  it("takes 50 on either side unless told, and what there is", async () => {
    const { before, after } = await around("");
    expect(seqs(before)).toEqual(Array.from({ length: 28 }, (_, n) => n + 1));
    expect(seqs(after)).toEqual(Array.from({ length: 11 }, (_, n) => n + 30));
  });

  it("tells only what a filter lets through, and the record in any case", async () => {
    const { before, record, after } = await around("before=2&after=2&q=path:/p0");
    expect(seqs(before)).toEqual([25, 28]);
    expect(record.path).toBe("/p1");
    expect(seqs(after)).toEqual([31, 34]);
  });

  it("takes none on a side, and at most 500", async () => {
    expect(await around("before=0&after=0")).toMatchObject({ before: [], after: [] });
    expect((await ask("/api/logs/context?service=around&seq=1&time=0&before=501")).status).toBe(400);
  });
});

describe("GET /api/logs", () => {
  it("answers up to 5,000 records at once", async () => {
    expect((await ask("/api/logs?limit=5000")).status).toBe(200);
    expect((await ask("/api/logs?limit=5001")).status).toBe(400);
  });
});
