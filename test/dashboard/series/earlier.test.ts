import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StatsBucket } from "../../../dashboard/api/answers.ts";
import { countsADayBefore, DAY_MS, valuesADayBefore } from "../../../dashboard/series/earlier.ts";

const NOON_MS = Date.UTC(2026, 10, 22, 12);
const MINUTE_MS = 60_000;

/** Bars of yesterday from noon on. */
const yesterday = (counts: readonly number[], stepMs = MINUTE_MS): StatsBucket[] =>
  counts.map((count, at) => ({
    time: new Date(NOON_MS - DAY_MS + at * stepMs).toISOString(),
    ...{ count, levels: {}, statuses: {}, bytes: 0, uniqueIps: 0 },
  }));
const countOf = ({ count }: StatsBucket): number => count;
const times = (length: number, stepMs: number, fromMs = NOON_MS): number[] =>
  Array.from({ length }, (_, at) => fromMs + at * stepMs);

describe("countsADayBefore", () => {
  it("gives each bar that of a day before", () => {
    const earlier = { buckets: yesterday([3, 0, 7]), stepMs: MINUTE_MS };
    expect(countsADayBefore(times(3, MINUTE_MS), MINUTE_MS, earlier, countOf)).toEqual([3, 0, 7]);
  });

  it("gives shorter bars their share", () => {
    const earlier = { buckets: yesterday([60, 30]), stepMs: MINUTE_MS };
    expect(countsADayBefore(times(4, 30_000), 30_000, earlier, countOf)).toEqual([30, 30, 15, 15]);
    expect(countsADayBefore(times(1, 2_000), 2_000, earlier, countOf)).toEqual([2]);
  });

  it("gives longer bars the sum, and a bar across two a share of both", () => {
    const earlier = { buckets: yesterday([10, 20, 30, 40]), stepMs: MINUTE_MS };
    expect(countsADayBefore(times(2, 2 * MINUTE_MS), 2 * MINUTE_MS, earlier, countOf)).toEqual([30, 70]);
    expect(countsADayBefore(times(1, MINUTE_MS, NOON_MS + 30_000), MINUTE_MS, earlier, countOf)).toEqual([15]);
  });

  it("knows nothing of a time that it was not told about", () => {
    const earlier = { buckets: yesterday([5]), stepMs: MINUTE_MS };
    expect(countsADayBefore(times(3, MINUTE_MS, NOON_MS - MINUTE_MS), MINUTE_MS, earlier, countOf)).toEqual([
      null,
      5,
      null,
    ]);
    const none = { buckets: [], stepMs: MINUTE_MS };
    expect(countsADayBefore(times(2, MINUTE_MS), MINUTE_MS, none, countOf)).toEqual([null, null]);
  });

  it("loses and invents no record, whatever the lengths of bars", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(2_000, 10_000, 30_000, 60_000, 120_000, 600_000),
        (counts, stepMs) => {
          const earlier = { buckets: yesterday(counts), stepMs: MINUTE_MS };
          const bars = times(Math.ceil((counts.length * MINUTE_MS) / stepMs), stepMs);
          const shown = countsADayBefore(bars, stepMs, earlier, countOf).reduce<number>(
            (sum, one) => sum + (one ?? 0),
            0,
          );
          const all = counts.reduce((sum, one) => sum + one, 0);
          // Each share has three digits.
          expect(Math.abs(shown - all)).toBeLessThanOrEqual(all * 0.005 + 1e-9);
        },
      ),
    );
  });
});

describe("valuesADayBefore", () => {
  it("gives each bar what was measured a day before, and nothing where nothing was", () => {
    const buckets = yesterday([1, 0, 3]);
    const measureOf = ({ count }: StatsBucket) => (count === 0 ? undefined : count);
    expect(valuesADayBefore(times(4, MINUTE_MS), buckets, measureOf)).toEqual([1, null, 3, null]);
  });
});
