import * as fc from "fast-check";
import { expect, it } from "vitest";
import { packedBytes, packedSelection, unpackedSelection } from "../../../core/segment/packed-selection.ts";
import { both, countOf, either, inverse, placesOf, type Selection } from "../../../core/segment/selection.ts";

const ROWS = 3_001;

/** Of few rows, of many, and of some thousand, where sums of four rows at a time would overflow. */
const selections = fc.constantFrom(0, 1, 3, 4, 7, 64, ROWS).chain((rows) => {
  const array = fc.oneof(
    fc.uint8Array({ minLength: rows, maxLength: rows, max: 1 }),
    fc.constantFrom(0, 1).map((each) => new Uint8Array(rows).fill(each)),
    fc.uniqueArray(fc.nat({ max: Math.max(0, rows - 1) }), { maxLength: Math.min(rows, 5) }).map((places) => {
      const sparse = new Uint8Array(rows);
      for (const place of places) sparse[place] = 1;
      return sparse;
    }),
  );
  const one: fc.Arbitrary<Selection> = fc.oneof(fc.constantFrom("all" as const, "none" as const), array);
  return fc.tuple(fc.constant(rows), one, one);
});

const plain = (selection: Selection, rows: number): number[] =>
  Array.from({ length: rows }, (_, at) =>
    typeof selection === "string" ? Number(selection === "all") : selection[at]!,
  );
const copy = (selection: Selection): Selection => (typeof selection === "string" ? selection : selection.slice());

it("joins, turns, counts and lists rows as one at a time would", () => {
  fc.assert(
    fc.property(selections, ([rows, a, b]) => {
      const [ones, others] = [plain(a, rows), plain(b, rows)];
      expect(plain(both(copy(a), copy(b)), rows)).toEqual(ones.map((one, at) => one & others[at]!));
      expect(plain(either(copy(a), copy(b)), rows)).toEqual(ones.map((one, at) => one | others[at]!));
      expect(plain(inverse(copy(a)), rows)).toEqual(ones.map((one) => 1 - one));
      expect(countOf(a, rows)).toBe(ones.filter((one) => one === 1).length);
      expect([...placesOf(a, rows)]).toEqual(ones.flatMap((one, at) => (one === 1 ? [at] : [])));
    }),
  );
});

it("is the same packed and unpacked, in a bit a row at most", () => {
  fc.assert(
    fc.property(selections, ([rows, selection]) => {
      const packed = packedSelection(selection, rows);
      expect(plain(unpackedSelection(packed, rows), rows)).toEqual(plain(selection, rows));
      expect(packedBytes(packed)).toBeLessThanOrEqual(Math.ceil(rows / 8));
    }),
  );
});
