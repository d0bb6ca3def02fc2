import { describe, expect, it } from "vitest";
import { rebucket } from "../../../core/summary/rebucket.ts";
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
