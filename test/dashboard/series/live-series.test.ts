import { describe, expect, it } from "vitest";
import type { TallyJson } from "../../../core/live/frames.ts";
import { liveSeries } from "../../../dashboard/series/live-series.ts";
import { RELATIVE } from "../../../dashboard/time/range.ts";

const tally = (count: number, errors = 0): TallyJson => ({
  count,
  bytes: count * 10,
  levels: errors ? { info: count - errors, error: errors } : { info: count },
  statuses: {},
});
const counters = (seconds: [number, TallyJson][], minutes: [number, TallyJson][] = []) => ({
  seconds: new Map(seconds),
  minutes: new Map(minutes),
});

describe("liveSeries", () => {
  it("ends with the bar that is being filled, and has one for each step of the range", () => {
    const { buckets, fromMs, toMs } = liveSeries([], RELATIVE["5m"], 1_000_001_500);
    expect(buckets).toHaveLength(150);
    expect([fromMs, toMs]).toEqual([999_702_000, 1_000_002_000]);
    expect(buckets.at(-1)).toMatchObject({ startMs: 1_000_000_000, count: 0 });
  });

  it("adds up seconds of all feeds", () => {
    const a = counters([
      [1_000_000, tally(3, 1)],
      [1_000_001, tally(4)],
    ]);
    const b = counters([[1_000_001, tally(5, 2)]]);
    expect(liveSeries([a, b], RELATIVE["5m"], 1_000_001_500).buckets.at(-1)).toEqual({
      startMs: 1_000_000_000,
      count: 12,
      bytes: 120,
      levels: { info: 9, error: 3 },
      statuses: {},
    });
  });

  it("takes minutes where a bar is a minute or longer", () => {
    const feed = counters([[3_599, tally(1)]], [[3_540, tally(7)]]);
    const { buckets } = liveSeries([feed], RELATIVE["1h"], 3_599_999);
    expect(buckets.map(({ count }) => count).filter((count) => count > 0)).toEqual([7]);
    expect(buckets.at(-1)).toMatchObject({ startMs: 3_540_000, count: 7 });
  });

  it("leaves out what is older than the range", () => {
    const feed = counters([[1_000_000 - 301, tally(9)]]);
    expect(liveSeries([feed], RELATIVE["5m"], 1_000_000_000).buckets.some(({ count }) => count > 0)).toBe(false);
  });
});
