import * as fc from "fast-check";
import { expect, it } from "vitest";
import { rebucket } from "../../core/summary/rebucket.ts";
import { STEPS_MS } from "../../core/summary/steps.ts";
import { mergeAll, Summary } from "../../core/summary/summary.ts";
import { MergedParts } from "../../worker/query/merged-parts.ts";

const [MINUTE_MS, HOUR_MS, DAY_MS] = STEPS_MS;

function summaryOf(count: number): Summary {
  const summary = new Summary();
  summary.count = count;
  summary.ips.add(count * 2_654_435_761);
  return summary;
}

it("tells the same of every step as the parts themselves", () => {
  const part = fc.record({
    stepMs: fc.constantFrom(MINUTE_MS, HOUR_MS, DAY_MS),
    place: fc.integer({ min: 0, max: 200 }),
    count: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(part), fc.constantFrom(1_000, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS), (given, stepMs) => {
      const parts = given.map(({ stepMs: of, place, count }) => ({ stepMs: of, startMs: place * of, count }));
      const merged = new MergedParts(stepMs);
      for (const { stepMs: of, startMs, count } of parts) merged.add(of, startMs, summaryOf(count));
      const plain = parts.map(({ startMs, count }) => ({ startMs, summary: summaryOf(count) }));
      const bucketMs = Math.max(stepMs, MINUTE_MS);
      expect(rebucket(merged.all(), 0, 10 * HOUR_MS, bucketMs)).toEqual(rebucket(plain, 0, 10 * HOUR_MS, bucketMs));
      expect(mergeAll(merged.all().map(({ summary }) => summary))).toEqual(mergeAll(plain.map((each) => each.summary)));
      const minutes = merged.all().filter((each) => each.stepMs === MINUTE_MS);
      expect(new Set(minutes.map(({ startMs }) => Math.floor(startMs / bucketMs))).size).toBe(minutes.length);
    }),
    { numRuns: 50 },
  );
});

it("makes one of all minutes where there are no steps, and leaves hours as they are", () => {
  const merged = new MergedParts(Number.POSITIVE_INFINITY);
  for (const startMs of [3, 1, 2]) merged.add(MINUTE_MS, startMs * MINUTE_MS, summaryOf(1));
  for (const startMs of [0, 1]) merged.add(HOUR_MS, startMs * HOUR_MS, summaryOf(1));
  expect(merged.all().map(({ stepMs, startMs, summary }) => [stepMs, startMs, summary.count])).toEqual([
    [MINUTE_MS, MINUTE_MS, 3],
    [HOUR_MS, 0, 1],
    [HOUR_MS, HOUR_MS, 1],
  ]);
});
