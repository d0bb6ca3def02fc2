import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateOf } from "../../../core/summary/distinct-estimate.ts";
import { DistinctSketch, EXACT_LIMIT, MAX_ROWS, MIN_ROWS, rowsIn } from "../../../core/summary/distinct-sketch.ts";
import { distinctOf, distinctText, maxDistinctChars } from "../../../core/summary/distinct-text.ts";
import { textHash } from "../../../core/summary/text-hash.ts";

const sketchOf = (values: Iterable<string>): DistinctSketch => {
  const sketch = new DistinctSketch();
  for (const value of values) sketch.add(textHash(value));
  return sketch;
};

const addresses = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `10.${(from + i) >> 16}.${((from + i) >> 8) & 255}.${(from + i) & 255}`);

const error = (sketch: DistinctSketch, count: number): number => Math.abs(estimateOf(sketch) - count) / count;

describe("a distinct sketch", () => {
  it("is exact up to its limit, however often a value comes", () => {
    const values = addresses(EXACT_LIMIT);
    expect(estimateOf(sketchOf([...values, ...values]))).toBe(EXACT_LIMIT);
  });

  it.each([300, 1_000, 10_000, 100_000])("is within 3 % at %i", (count) => {
    expect(error(sketchOf(addresses(count)), count)).toBeLessThan(0.03);
  });

  it("is within 2 % at a million", () => {
    const sketch = new DistinctSketch();
    for (let i = 0; i < 1_000_000; i++) sketch.add(textHash(`user-${i}`));
    expect(error(sketch, 1_000_000)).toBeLessThan(0.02);
  });

  it("goes on far past a million, folded too", () => {
    const sketch = new DistinctSketch();
    // An odd multiple of a counter is a different number each time; the mixing spreads it.
    for (let i = 0; i < 4_000_000; i++) {
      const mixed = Math.imul(i ^ (i >>> 15), 0x9e3779b1);
      sketch.add(Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b) >>> 0);
    }
    for (const most of [0.03, 0.045, 0.06]) {
      expect(error(sketch, 4_000_000)).toBeLessThan(most);
      sketch.fold();
    }
  });

  it("stays finite for an impossible matrix", () => {
    const sketch = sketchOf(addresses(300));
    sketch.matrix!.fill(0);
    expect(estimateOf(sketch)).toBe(0);
    sketch.matrix!.fill(0xffffffff);
    expect(estimateOf(sketch)).toBeGreaterThan(4_000_000_000);
  });

  it("has a standard error of 1 %", () => {
    const errors = Array.from({ length: 40 }, (_, run) => error(sketchOf(addresses(20_000, run << 20)), 20_000));
    const squared = errors.reduce((sum, each) => sum + each * each, 0) / errors.length;
    expect(Math.sqrt(squared)).toBeLessThan(0.0125);
  });

  it("does not change when texts share most characters", () => {
    const long = "x".repeat(200);
    expect(error(sketchOf(Array.from({ length: 50_000 }, (_, i) => `${long}${i}${long}`)), 50_000)).toBeLessThan(0.03);
  });
});

describe("merging distinct sketches", () => {
  const anyRange = fc.tuple(fc.nat({ max: 600 }), fc.nat({ max: 600 }));

  it("gives the sketch of all values, in any order", () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 4 }), (ranges) => {
        const all = sketchOf(ranges.flatMap(([from, count]) => addresses(count, from)));
        for (const order of [ranges, [...ranges].reverse()]) {
          const merged = new DistinctSketch();
          for (const [from, count] of order) merged.mergeIn(sketchOf(addresses(count, from)));
          expect(merged).toEqual(all);
        }
      }),
    );
  });

  it("takes the rows of the coarser one", () => {
    const [fine, coarse] = [sketchOf(addresses(5_000)), sketchOf(addresses(5_000, 3_000))];
    coarse.fold();
    const all = sketchOf(addresses(8_000));
    all.fold();
    const [left, right] = [new DistinctSketch(), new DistinctSketch()];
    left.mergeIn(fine);
    left.mergeIn(coarse);
    right.mergeIn(coarse);
    right.mergeIn(fine);
    expect(left).toEqual(all);
    expect(right).toEqual(all);
    expect(rowsIn(all.matrix!)).toBe(MAX_ROWS / 2);
    expect(error(all, 8_000)).toBeLessThan(0.05);
  });

  it("folds no further than to a standard error of 2 %", () => {
    const sketch = sketchOf(addresses(1_000));
    for (let i = 0; i < 5; i++) sketch.fold();
    expect(rowsIn(sketch.matrix!)).toBe(MIN_ROWS);
  });
});

describe("the text of a distinct sketch", () => {
  it.each([0, 1, 2, 100, EXACT_LIMIT, EXACT_LIMIT + 1, 1_000, 30_000])(
    "tells all of %i values, no longer than told",
    (count) => {
      const sketch = sketchOf(addresses(count));
      for (let folds = 0; folds < 3; folds++) {
        const text = distinctText(sketch);
        expect(distinctOf(text)).toEqual(sketch);
        expect(text.length).toBeLessThanOrEqual(maxDistinctChars(sketch));
        sketch.fold();
      }
    },
  );

  it("takes 3,400 characters at most for a million", () => {
    expect(distinctText(sketchOf(addresses(1_000_000))).length).toBeLessThan(3_400);
  });

  it.each(["", "A", "_", "gE", "gAE", `gAE${"A".repeat(10)}`, "____________", "AgI", "é"])("refuses %j", (text) => {
    expect(distinctOf(text)).toBeUndefined();
  });
});
