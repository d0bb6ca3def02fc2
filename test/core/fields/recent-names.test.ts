import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentNames } from "../../../core/fields/recent-names.ts";

it("tells of names what was found of them, and of no others", () => {
  const recent = new RecentNames((names) => names.join(" "));
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "bb", "c"), { maxLength: 5 }), (names) => {
      expect(recent.of(names)).toBe(names.join(" "));
      expect(recent.of([...names])).toBe(names.join(" "));
    }),
    { numRuns: 500 },
  );
});

it("does not keep more than 64 names", () => {
  let found = 0;
  const recent = new RecentNames(() => ++found);
  const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
  expect([recent.of(names(64)), recent.of(names(64))]).toEqual([1, 1]);
  expect([recent.of(names(65)), recent.of(names(65))]).toEqual([2, 3]);
});
