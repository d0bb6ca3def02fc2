import fc from "fast-check";
import { expect, it } from "vitest";
import { retryDelayMs } from "../../../clients/js/retry.ts";

it("waits longer with every attempt, at most five seconds, never less than the server asked", () => {
  expect([1, 2, 3, 20].map((attempt) => retryDelayMs(attempt, 0, 1))).toEqual([100, 200, 400, 5_000]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.nat(60_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, asked, random) => {
        const delay = retryDelayMs(attempt, asked, random);
        expect(delay).toBeGreaterThanOrEqual(Math.max(asked, 50));
        expect(delay).toBeLessThanOrEqual(Math.max(asked, 5_000));
      },
    ),
  );
});
