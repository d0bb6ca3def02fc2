import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTextOf, recordsOfPackText } from "../../../core/delivery/pack-text.ts";
import { NO_LEVEL_BIT } from "../../../core/query/prune-of.ts";
import { LEVELS, LogRecord } from "../../../core/record.ts";
import { GROUP_ROWS } from "../../../core/segment/columns.ts";
import { writeSegment } from "../../../core/segment/write-segment.ts";
import { placed } from "../query/arbitraries/record.ts";
import { codec, groupsOf, recordsOf, rowsOf } from "./segments.ts";

const recordOf = (fields: Partial<LogRecord>): LogRecord => Object.assign(new LogRecord(), fields);
/** As a message brings it: texts that are equal are one, and so on. */
const travelled = (records: LogRecord[]): LogRecord[] => recordsOfPackText(packTextOf(records));

it("gives back every record of any shape, in the order of time and seq", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(placed, { minLength: 1, maxLength: 30 }), async (all) => {
      const records = all.map(({ record }) => record);
      const { bytes, facts } = writeSegment("web", [rowsOf(records, 7, 3)], codec);
      const expected = travelled(records)
        .map((record, at) => ({ shard: 3, seq: at + 7, record }))
        .sort((a, b) => a.record.tsMs - b.record.tsMs || a.seq - b.seq);
      expect(await recordsOf(bytes)).toEqual(expected);
      expect(facts).toMatchObject({
        records: records.length,
        shard: 3,
        firstSeq: expected[0]!.seq,
        minMs: expected[0]!.record.tsMs,
        maxMs: expected.at(-1)!.record.tsMs,
      });
    }),
    { numRuns: 150 },
  );
});

it("merges messages of several shards into one order", async () => {
  const at = (tsMs: number) => recordOf({ tsMs, message: `${tsMs}` });
  const { bytes, facts } = writeSegment(
    "web",
    [rowsOf([at(5), at(1)], 10, 1), rowsOf([at(5), at(-3)], 1, 0), rowsOf([at(9)], 20, 1)],
    codec,
  );
  const read = await recordsOf(bytes);
  expect(read.map(({ shard, seq, record }) => [record.tsMs, shard, seq])).toEqual([
    [-3, 0, 2],
    [1, 1, 11],
    [5, 0, 1],
    [5, 1, 10],
    [9, 1, 20],
  ]);
  expect(facts).toMatchObject({ minMs: -3, maxMs: 9, shard: 0, firstSeq: 2 });
});

it("cuts row groups, each with its own texts", async () => {
  const records = Array.from({ length: GROUP_ROWS + 1 }, (_, n) =>
    recordOf({
      tsMs: n,
      message: `line ${n % 10}`,
      path: `/${n}`,
      status: 200 + (n % 3),
      bytes: n * n,
      durationMs: n / 8,
    }),
  );
  const { bytes, facts } = writeSegment("web", [rowsOf(records)], codec);
  const groups = groupsOf(bytes);
  expect(groups.map(({ rows }) => rows)).toEqual([GROUP_ROWS, 1]);
  expect(facts.words).toBeUndefined();
  const read = await recordsOf(bytes);
  expect(read.map(({ record }) => record)).toEqual(travelled(records));
});

describe("numbers", () => {
  it.each([
    ["small", [1, 2, 3]],
    ["large and far apart", [0, 2 ** 45, 5, 2 ** 50, -(2 ** 45)]],
    ["of one value", [7, 7, 7, 7]],
    ["just over 32 bits", [0, 2 ** 32, 1, 2 ** 32 + 1]],
  ])("%s come back", async (_name, values) => {
    // Different times too, so that the differences stand in both columns.
    const records = Array.from({ length: 400 }, (_, n) =>
      recordOf({ tsMs: n + Math.abs(values[n % values.length]!), bytes: Math.abs(values[n % values.length]!) + n }),
    ).sort((a, b) => a.tsMs - b.tsMs);
    const { bytes } = writeSegment("web", [rowsOf(records)], codec);
    expect((await recordsOf(bytes)).map(({ record }) => record.bytes)).toEqual(records.map(({ bytes: sent }) => sent));
  });
});

it("says which levels and statuses there are", () => {
  const { facts } = writeSegment(
    "web",
    [rowsOf([recordOf({ level: "warn", status: 404 }), recordOf({ status: 200 }), recordOf({ level: "info" })])],
    codec,
  );
  expect(facts.levels).toBe((1 << LEVELS.indexOf("warn")) | (1 << LEVELS.indexOf("info")) | NO_LEVEL_BIT);
  expect(facts.statuses).toBe((1 << 4) | (1 << 2) | 1);
});

it("refuses to write nothing", () => {
  expect(() => writeSegment("web", [], codec)).toThrow(RangeError);
});
