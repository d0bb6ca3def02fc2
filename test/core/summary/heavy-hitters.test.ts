import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeavyHitters, MAX_VALUE_CHARS } from "../../../core/summary/heavy-hitters.ts";
import { hittersOf, hittersText, maxHittersBytes } from "../../../core/summary/hitters-text.ts";
import { topOfHitters } from "../../../core/summary/top-of-hitters.ts";

const LONG = "l".repeat(MAX_VALUE_CHARS + 1);

function hittersFrom(values: readonly string[], capacity = Number.POSITIVE_INFINITY): HeavyHitters {
  const hitters = new HeavyHitters();
  values.forEach((value, i) => {
    if (i % 2 === 0) hitters.add(value);
    else hitters.addRepeated(value);
  });
  hitters.cut(capacity);
  return hitters;
}

function recount(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Values of which some are frequent. */
const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "c") },
  { weight: 4, arbitrary: fc.nat({ max: 30 }).map(String) },
  { weight: 1, arbitrary: fc.constant(LONG) },
);
const anyBatches = fc.array(
  fc.record({ values: fc.array(anyValue, { maxLength: 60 }), capacity: fc.integer({ min: 0, max: 12 }) }),
  { maxLength: 6 },
);

/** Batches that were cut, then merged one after the other, and cut at times. */
function mergedOf(batches: { values: string[]; capacity: number }[]): HeavyHitters {
  const merged = new HeavyHitters();
  for (const [index, { values, capacity }] of batches.entries()) {
    merged.mergeIn(hittersFrom(values, capacity));
    if (index % 2 === 1) merged.cut(8);
  }
  return merged;
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

describe("the text of heavy hitters", () => {
  it("tells all, no longer than told", () => {
    const hostile = fc.oneof(
      anyValue,
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("\ud800", "__proto__", '"\\\n'),
    );
    fc.assert(
      fc.property(
        fc.array(hostile, { maxLength: 40 }),
        anyBatches,
        fc.integer({ min: 0, max: 20 }),
        (values, batches, capacity) => {
          const hitters = hittersFrom(values, capacity);
          hitters.mergeIn(mergedOf(batches));
          const text = hittersText(hitters);
          const read = hittersOf(text)!;
          expect(topOfHitters(read, 100)).toEqual(topOfHitters(hitters, 100));
          expect({ ...read, tallies: undefined }).toEqual({ ...hitters, tallies: undefined, last: undefined });
          for (const [value, tally] of hitters.tallies) expect(read.tallies.get(value)).toEqual(tally);
          expect(text).not.toContain("\n");
          expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(maxHittersBytes(hitters));
        },
      ),
    );
  });

  it.each([
    ["no JSON", "["],
    ["no array", "{}"],
    ["a value that is no text", '[[1],"B"]'],
    ["a value that is too long", `[["${LONG}"],"B"]`],
    ["more counts than values", '[["a"],"BB"]'],
    ["more long values than records", '[["a"],"B",1,2,0]'],
    ["a value missed more often than any", '[["a"],"B",0,0,1,"C"]'],
    ["a negative number", '[["a"],"B",-1,0,0]'],
  ])("is refused with %s", (_name, text) => {
    expect(hittersOf(text)).toBeUndefined();
  });
});
