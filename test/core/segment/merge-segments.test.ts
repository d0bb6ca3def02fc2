import * as fc from "fast-check";
import { expect, it } from "vitest";
import { LogRecord } from "../../../core/record.ts";
import { GROUP_ROWS } from "../../../core/segment/columns.ts";
import { KEPT_ROWS, mergeSegments } from "../../../core/segment/merge-segments.ts";
import { writeSegment } from "../../../core/segment/write-segment.ts";
import { placed } from "../query/arbitraries/record.ts";
import { codec, groupsOf, type ReadRecord, recordsOf, rowsOf } from "./segments.ts";

const byPlace = (a: ReadRecord, b: ReadRecord): number =>
  a.record.tsMs - b.record.tsMs || a.shard - b.shard || a.seq - b.seq;

it("has every record of any segments once, in order, and knows what they know together", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(placed, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (sets) => {
        const written = sets.map((set, at) =>
          writeSegment(
            "web",
            [
              rowsOf(
                set.map(({ record }) => record),
                at * 100 + 1,
                at % 2,
              ),
            ],
            codec,
          ),
        );
        const merged = await mergeSegments(
          "web",
          written.map(({ bytes }) => bytes),
          codec,
        );
        const before = (await Promise.all(written.map(({ bytes }) => recordsOf(bytes)))).flat().sort(byPlace);
        expect(await recordsOf(merged.bytes)).toEqual(before);
        const { shard, seq, record } = before[0]!;
        expect(merged.facts).toMatchObject({
          ...{ records: before.length, minMs: record.tsMs, shard, firstSeq: seq, maxMs: before.at(-1)!.record.tsMs },
          levels: written.reduce((bits, { facts }) => bits | facts.levels, 0),
          statuses: written.reduce((bits, { facts }) => bits | facts.statuses, 0),
        });
      },
    ),
    { numRuns: 60 },
  );
});

it("copies large row groups as they are, and puts small ones together", async () => {
  const segment = (from: number, count: number) =>
    writeSegment(
      "web",
      [
        rowsOf(
          Array.from({ length: count }, (_, n) =>
            Object.assign(new LogRecord(), { tsMs: from + n, path: `/${n % 7}` }),
          ),
          from,
        ),
      ],
      codec,
    );
  const [small, large, other] = [segment(1, 10), segment(1_000, KEPT_ROWS), segment(500, 10)];
  const merged = await mergeSegments("web", [large.bytes, small.bytes, other.bytes], codec);
  expect(groupsOf(merged.bytes).map(({ rows }) => rows)).toEqual([KEPT_ROWS, 20]);
  expect(merged.facts).toMatchObject({ records: KEPT_ROWS + 20, minMs: 1, firstSeq: 1, maxMs: 999 + KEPT_ROWS });
  const again = await mergeSegments("web", [merged.bytes, segment(2_000_000, GROUP_ROWS + 1).bytes], codec);
  expect(groupsOf(again.bytes).map(({ rows }) => rows)).toEqual([KEPT_ROWS, GROUP_ROWS, 21]);
  expect((await recordsOf(again.bytes)).length).toBe(KEPT_ROWS + GROUP_ROWS + 21);
});
