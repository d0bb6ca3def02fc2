import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topOfHitters } from "../../../core/summary/top-of-hitters.ts";
import { anyBatches, anyValue, hittersFrom, LONG, mergedOf } from "./hitters.ts";

function recount(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe("heavy hitters", () => {
  it("are exact below their capacity", () => {
    fc.assert(
      fc.property(fc.array(anyValue), (values) => {
        const exact = recount(values.filter((value) => value !== LONG));
        const hitters = hittersFrom(values, exact.size);
        expect(new Map([...hitters.tallies].map(([value, { count }]) => [value, count]))).toEqual(exact);
        expect(hitters.missed).toBe(0);
      }),
    );
  });

  it("never tell too many, and miss no more than they say", () => {
    fc.assert(
      fc.property(anyBatches, (batches) => {
        const merged = mergedOf(batches);
        const exact = recount(batches.flatMap(({ values }) => values));
        expect(merged.long).toBe(exact.get(LONG) ?? 0);
        exact.delete(LONG);
        for (const [value, count] of exact) {
          const tally = merged.tallies.get(value);
          const told = tally?.count ?? 0;
          expect(told).toBeLessThanOrEqual(count);
          expect(count).toBeLessThanOrEqual(told + merged.missed - (tally?.known ?? 0));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keep the exact count of a value that was never let go", () => {
    const hitters = hittersFrom(["a", "a", "a", "b", "c"], 1);
    hitters.mergeIn(hittersFrom(["a", "a", "d", "e"], 1));
    expect(hitters.tallies.get("a")).toMatchObject({ count: 5, known: hitters.missed });
  });

  it("let a newcomer in that outgrows what is followed", () => {
    const hitters = hittersFrom(["a", "a", "a", "b", "b", "c", "c"], 2);
    for (let i = 0; i < 5; i++) {
      hitters.mergeIn(hittersFrom(["new", "new"]));
      hitters.cut(2);
    }
    expect([...hitters.tallies.keys()]).toContain("new");
  });

  it("keep those that came first among equals", () => {
    expect([...hittersFrom(["d", "a", "c", "b", "a"], 3).tallies.keys()]).toEqual(["d", "a", "c"]);
  });
});

describe("topOfHitters", () => {
  it("keeps its bounds", () => {
    fc.assert(
      fc.property(anyBatches, fc.integer({ min: 1, max: 10 }), (batches, limit) => {
        const exact = recount(batches.flatMap(({ values }) => values));
        const { values, other, errorBound } = topOfHitters(mergedOf(batches), limit);
        const total = [...exact.values()].reduce((sum, count) => sum + count, 0);
        expect(values.reduce((sum, { count }) => sum + count, other)).toBe(total);
        for (const { value, count } of values) {
          expect(count).toBeLessThanOrEqual(exact.get(value)!);
          expect(exact.get(value)!).toBeLessThanOrEqual(count + errorBound);
          exact.delete(value);
        }
        const last = values.length === limit ? values.at(-1)!.count : 0;
        for (const count of exact.values()) expect(count).toBeLessThanOrEqual(last + errorBound);
      }),
      { numRuns: 500 },
    );
  });

  it("is exact when nothing that was let go can have been more frequent", () => {
    const hitters = hittersFrom(["a", "a", "a", "b", "b", "c", "d"], 2);
    expect(topOfHitters(hitters, 2)).toEqual({
      values: [
        { value: "a", count: 3 },
        { value: "b", count: 2 },
      ],
      other: 2,
      errorBound: 0,
    });
    expect(topOfHitters(hitters, 3).errorBound).toBe(1);
  });

  it("sorts equal counts by text", () => {
    expect(topOfHitters(hittersFrom(["b", "c", "a", "c"]), 9).values.map(({ value }) => value)).toEqual([
      "c",
      "a",
      "b",
    ]);
  });
});
