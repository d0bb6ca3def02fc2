import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countsByStep, rebucket } from "../../../core/summary/rebucket.ts";
import { recordOf, statisticsOf } from "./records.ts";

describe("rebucket", () => {
  const parts = statisticsOf([[-60_000, 0, 1, 60_000, 299_999].map((tsMs) => recordOf({ tsMs, path: "/" }))]);

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

it("counts by step what the buckets count", () => {
  const minutes = (most: number) => fc.integer({ min: -most, max: most }).map((minute) => minute * 60_000);
  fc.assert(
    fc.property(
      fc.array(minutes(50), { maxLength: 20 }),
      minutes(60),
      fc.nat(5_000_000),
      fc.integer({ min: 1, max: 30 }),
      (times, fromMs, length, step) => {
        const parts = statisticsOf([times.map((tsMs) => recordOf({ tsMs }))]);
        const asked = [parts, fromMs, fromMs + length, step * 60_000] as const;
        const buckets = rebucket(...asked).map(({ startMs, summary }) => ({ startMs, count: summary.count }));
        expect(countsByStep(...asked)).toEqual(buckets);
      },
    ),
  );
});
