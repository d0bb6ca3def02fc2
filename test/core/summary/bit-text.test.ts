import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader, BitWriter } from "../../../core/summary/bit-text.ts";
import { maxSortedBits, readSorted, writeSorted } from "../../../core/summary/sorted-list.ts";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyItem = fc.oneof(
  fc.record({
    kind: fc.constant("count" as const),
    value: fc.oneof(fc.nat({ max: 100 }), fc.maxSafeNat()),
    k: fc.constant(0),
  }),
  // Rice codes are short only around 2^k: a small one of a large number would be billions of bits.
  fc.integer({ min: 0, max: 31 }).chain((k) =>
    fc.record({
      kind: fc.constant("rice" as const),
      value: uint32.map((value) => Math.min(value, 100 * 2 ** k)),
      k: fc.constant(k),
    }),
  ),
  fc
    .integer({ min: 1, max: 16 })
    .chain((k) =>
      fc.record({ kind: fc.constant("bits" as const), value: fc.nat({ max: 2 ** k - 1 }), k: fc.constant(k) }),
    ),
);

describe("bit text", () => {
  it("reads what it wrote", () => {
    fc.assert(
      fc.property(fc.array(anyItem), (items) => {
        const writer = new BitWriter();
        for (const { kind, value, k } of items) {
          if (kind === "count") writer.count(value);
          else writer[kind](value, k);
        }
        const text = writer.text();
        expect(text).toMatch(/^[\w-]*$/);
        const reader = new BitReader(text);
        for (const { kind, value, k } of items) expect(kind === "count" ? reader.count() : reader[kind](k)).toBe(value);
        expect(reader.isDone()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("takes one character for a count below 32", () => {
    const writer = new BitWriter();
    for (let count = 0; count < 32; count++) writer.count(count);
    expect(writer.text()).toHaveLength(32);
  });

  it.each([
    ["past the end", "", (reader: BitReader) => reader.bits(1)],
    ["a stranger's character", "A*A", (reader: BitReader) => [reader.count(), reader.count()]],
    ["ones without end", "____", (reader: BitReader) => reader.rice(0)],
    ["a count past 2^53", "_".repeat(20), (reader: BitReader) => reader.count()],
  ])("is bad %s", (_name, text, read) => {
    const reader = new BitReader(text);
    read(reader);
    expect(reader.isBad).toBe(true);
    expect(reader.isDone()).toBe(false);
  });
});

describe("sorted lists", () => {
  const anyList = fc.constantFrom(40, 1_024, 4_096, 2 ** 32).chain((universe) =>
    fc.record({
      universe: fc.constant(universe),
      list: fc.uniqueArray(fc.integer({ min: 0, max: universe - 1 }), { maxLength: Math.min(universe, 300) }),
    }),
  );

  it("come back, in no more bits than told", () => {
    fc.assert(
      fc.property(anyList, ({ universe, list }) => {
        const sorted = [...list].sort((a, b) => a - b);
        const writer = new BitWriter();
        writeSorted(writer, sorted, universe);
        const text = writer.text();
        expect(readSorted(new BitReader(text), universe, sorted.length)).toEqual(sorted);
        expect(text.length).toBeLessThanOrEqual(Math.ceil(maxSortedBits(sorted.length, universe) / 6));
      }),
    );
  });

  it("are refused when they are longer than expected or leave their universe", () => {
    const writer = new BitWriter();
    writeSorted(writer, [1, 2, 39], 40);
    expect(readSorted(new BitReader(writer.text()), 40, 2)).toBeUndefined();
    expect(readSorted(new BitReader(writer.text()), 39, 3)).toBeUndefined();
  });
});
