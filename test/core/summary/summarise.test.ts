import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
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

  it("shares out what the parts of a batch may take together", () => {
    const records = Array.from({ length: 20_000 }, (_, i) =>
      recordOf({
        tsMs: (i % MAX_PARTS) * 3_600_000 + (i % 7) * 60_000,
        path: `/${i}/${"x".repeat(200)}`,
        ip: `${i}`,
        referrer: `${i}`.repeat(40),
      }),
    );
    const parts = summarise(records);
    expect(coarsestStep(parts)).toBe(3_600_000);
    const bytes = parts.reduce((sum, { summary }) => sum + encodeSummary(summary).length, 0);
    expect(bytes).toBeLessThan(1_800_000);
    expect(bytes).toBeGreaterThan(1_000_000);
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
