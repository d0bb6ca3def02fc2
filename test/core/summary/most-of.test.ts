import fc from "fast-check";
import { expect, it } from "vitest";
import { mostOf } from "../../../core/summary/most-of.ts";

it("gives the beginning of the sorted items, equals in their order", () => {
  const items = fc.array(fc.record({ key: fc.nat({ max: 20 }), id: fc.nat() }));
  fc.assert(
    fc.property(items, fc.integer({ min: -1, max: 30 }), (all, limit) => {
      const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
      expect(mostOf(all, limit, compare)).toEqual([...all].sort(compare).slice(0, Math.max(0, limit)));
    }),
  );
});
