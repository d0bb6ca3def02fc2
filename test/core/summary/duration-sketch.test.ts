import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DurationSketch, HIGHEST_BUCKET, LOWEST_BUCKET } from "../../../core/summary/duration-sketch.ts";
import { bucketsOf, bucketsText, maxBucketsChars } from "../../../core/summary/durations-text.ts";

function sketchOf(durations: Iterable<number>): DurationSketch {
  const sketch = new DurationSketch();
  for (const ms of durations) sketch.add(ms);
  return sketch;
}

const anyDuration = fc.oneof(
  fc.constant(0),
  fc.nat({ max: 100_000 }),
  fc.double({ min: 1e-6, max: 1e10, noNaN: true }),
  fc.double({ min: -6, max: 10, noNaN: true }).map((exponent) => 10 ** exponent),
);

describe("a duration sketch", () => {
  it("answers every quantile within 1 %", () => {
    fc.assert(
      fc.property(
        fc.array(anyDuration, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (durations, q) => {
          const exact = [...durations].sort((a, b) => a - b)[Math.floor(q * (durations.length - 1))]!;
          const told = sketchOf(durations).quantileMs(q);
          // Below a nanosecond is zero.
          expect(Math.abs(told - exact)).toBeLessThanOrEqual(Math.max(0.01 * exact, 1e-6));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("knows count, sum and highest exactly", () => {
    const sketch = sketchOf([0.25, 0, 1.5, 1e3]);
    expect([sketch.count, sketch.sumUs, sketch.maxMs]).toEqual([4, 1_001_750, 1e3]);
  });

  it("leaves out what is no duration", () => {
    expect(sketchOf([-1, Number.NaN, Number.NEGATIVE_INFINITY])).toEqual(new DurationSketch());
  });

  it("takes what is endless as 115 days", () => {
    const sketch = sketchOf([Number.POSITIVE_INFINITY]);
    expect(sketch.maxMs).toBe(1e10);
    expect(Math.abs(sketch.quantileMs(0.5) / 1e10 - 1)).toBeLessThan(0.01);
  });

  it("merges to the sketch of all", () => {
    fc.assert(
      fc.property(fc.array(anyDuration), fc.array(anyDuration), (a, b) => {
        const merged = sketchOf(a);
        merged.mergeIn(sketchOf(b));
        expect(merged).toEqual(sketchOf([...a, ...b]));
      }),
    );
  });

  it("keeps the bound of high quantiles when its low buckets collapse", () => {
    const durations = Array.from({ length: 1_000 }, (_, i) => 1.02 ** i);
    const sketch = sketchOf(durations);
    sketch.collapse(100);
    expect(sketch.counts.length).toBe(100);
    expect(sketch.count).toBe(1_000);
    expect(Math.abs(sketch.quantileMs(0.95) / durations[949]! - 1)).toBeLessThan(0.01);
  });
});

describe("the text of its buckets", () => {
  it("tells all, no longer than told", () => {
    fc.assert(
      fc.property(fc.array(anyDuration, { minLength: 1, maxLength: 300 }), (durations) => {
        const sketch = sketchOf(durations);
        const text = bucketsText(sketch);
        const { zeros, counts, count, first } = bucketsOf(text)!;
        expect({ zeros, counts, count, first }).toEqual({
          zeros: sketch.zeros,
          counts: sketch.counts,
          count: sketch.count,
          first: counts.length > 0 ? sketch.first : 0,
        });
        expect(text.length).toBeLessThanOrEqual(maxBucketsChars(sketch));
      }),
    );
  });

  it.each(["", "A", "AA", "AB", "ABA", "ABAAA", "AB5A", "!", "Bgggggggggggg"])("is refused when it is %j", (text) => {
    expect(bucketsOf(text)).toBeUndefined();
  });

  it("is refused with buckets past the highest", () => {
    const sketch = sketchOf([1e10]);
    expect(sketch.first).toBe(HIGHEST_BUCKET);
    sketch.first++;
    expect(bucketsOf(bucketsText(sketch))).toBeUndefined();
    expect(LOWEST_BUCKET).toBeLessThan(0);
  });
});
