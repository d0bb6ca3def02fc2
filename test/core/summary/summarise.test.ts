import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { topOf } from "../../../core/summary/read-summary.ts";
import { coarsestStep, rebucket } from "../../../core/summary/rebucket.ts";
import { MAX_PARTS, summarise } from "../../../core/summary/summarise.ts";
import { mergeAll } from "../../../core/summary/summary.ts";
import { answersOf, anyRecord, recordOf, summaryOf } from "./records.ts";

describe("summarise", () => {
  it("groups by UTC minute, before 1970 too", () => {
    const parts = summarise([-1, 59_999, -60_000, 0, 60_000].map((tsMs) => recordOf({ tsMs })));
    expect(parts.map(({ stepMs, startMs, summary }) => [stepMs, startMs, summary.count])).toEqual([
      [60_000, -60_000, 2],
      [60_000, 0, 2],
      [60_000, 60_000, 1],
    ]);
  });

  it.each([
    ["minutes", 60_000, MAX_PARTS, 60_000],
    ["hours when there are too many minutes", 60_000, MAX_PARTS + 1, 3_600_000],
    ["days when there are too many hours", 3_600_000, MAX_PARTS + 1, 86_400_000],
  ])("uses %s", (_name, apartMs, records, stepMs) => {
    const parts = summarise(Array.from({ length: records }, (_, i) => recordOf({ tsMs: -i * apartMs })));
    expect(coarsestStep(parts)).toBe(stepMs);
    expect(parts.length).toBeLessThanOrEqual(MAX_PARTS);
  });

  it("loses no record and changes no answer", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 60 }), (records) => {
        const parts = summarise(records);
        for (const { startMs, stepMs } of parts) expect(Number.isInteger(startMs / stepMs)).toBe(true);
        expect(answersOf(mergeAll(parts.map(({ summary }) => summary)))).toEqual(answersOf(summaryOf(records)));
      }),
    );
  });

  it("keeps a hostile minute within 8 KB, and its bounds true", () => {
    const records = Array.from({ length: 5_000 }, (_, i) =>
      recordOf({
        path: i % 3 === 0 ? "/often" : `/${i}/${"ü".repeat(200)}`,
        ip: `${i}`.repeat(10),
        userId: `user ${i}`,
        referrer: `\u0001${i}`.repeat(40),
        app: "x".repeat(257),
        status: 100 + (i % 500),
        durationMs: 1.02 ** (i % 1_000),
      }),
    );
    const [part] = summarise(records);
    expect(new TextEncoder().encode(encodeSummary(part!.summary)).length).toBeLessThanOrEqual(8 * 1024);
    const paths = topOf(part!.summary, "path", 10);
    expect(paths.values[0]).toEqual({ value: "/often", count: 1_667 });
    expect(paths.errorBound).toBe(1);
    expect(topOf(part!.summary, "app", 10)).toEqual({ values: [], other: 5_000, errorBound: 5_000 });
  });
});

describe("rebucket", () => {
  const parts = summarise([-60_000, 0, 1, 60_000, 299_999].map((tsMs) => recordOf({ tsMs, path: "/" })));

  it("fills empty buckets and leaves out parts outside", () => {
    const buckets = rebucket(parts, 61_000, 299_000, 60_000);
    expect(buckets.map(({ startMs, summary }) => [startMs, summary.count])).toEqual([
      [60_000, 1],
      [120_000, 0],
      [180_000, 0],
      [240_000, 1],
    ]);
  });

  it("merges into wider steps", () => {
    expect(rebucket(parts, -1, 1, 120_000).map(({ startMs, summary }) => [startMs, summary.count])).toEqual([
      [-120_000, 1],
      [0, 3],
    ]);
  });
});
