import fc from "fast-check";
import { expect, it } from "vitest";
import { isoText } from "../../core/iso-text.ts";

const LIMIT_MS = 8.64e15;

it("writes every time as Date does, in whatever order they come", () => {
  const near = fc.integer({ min: -200_000_000, max: 200_000_000 });
  const any = fc.integer({ min: -LIMIT_MS, max: LIMIT_MS });
  fc.assert(
    fc.property(fc.array(fc.oneof(near, any), { minLength: 1 }), (times) => {
      expect(times.map((ms) => isoText(ms))).toEqual(times.map((ms) => new Date(ms).toISOString()));
    }),
    { numRuns: 500 },
  );
});

it("reaches as far as Date does, and refuses the millisecond after", () => {
  for (const ms of [-LIMIT_MS, LIMIT_MS]) expect(isoText(ms)).toBe(new Date(ms).toISOString());
  for (const ms of [-LIMIT_MS - 1, LIMIT_MS + 1]) expect(() => isoText(ms)).toThrow(RangeError);
  // A number that is no time must not be taken for the day before.
  expect(() => isoText(Number.NaN)).toThrow(RangeError);
});
