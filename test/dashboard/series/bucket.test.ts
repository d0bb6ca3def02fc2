import { describe, expect, it } from "vitest";
import { endedBuckets } from "../../../dashboard/series/bucket.ts";

const series = (count: number) => ({
  buckets: Array.from({ length: count }, (_, at) => ({
    ...{ startMs: at * 1_000, count: at, bytes: 0, levels: {}, statuses: {} },
  })),
  ...{ stepMs: 1_000, fromMs: 0, toMs: count * 1_000, basis: "own" as const, isPartial: false },
});

describe("endedBuckets", () => {
  it("leaves out the bar that is still being filled", () => {
    expect(endedBuckets(series(4), 3_999)).toHaveLength(3);
  });

  it("has the last one from the moment on that it is over", () => {
    expect(endedBuckets(series(4), 4_000)).toHaveLength(4);
  });

  it("has all where fewer than two are over", () => {
    expect(endedBuckets(series(4), 1_500)).toHaveLength(4);
  });
});
