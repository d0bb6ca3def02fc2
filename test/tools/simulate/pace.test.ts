import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesDue, loadOf } from "../../../tools/simulate/pace.ts";

const run = fc.record({
  rate: fc.double({ min: 0.1, max: 10_000, noNaN: true }),
  seconds: fc.double({ min: 0.1, max: 400, noNaN: true }),
  seed: fc.nat(1_000),
  steady: fc.boolean(),
});

describe("linesDue", () => {
  it("ends at the rate times the seconds", () => {
    fc.assert(
      fc.property(run, ({ rate, seconds, seed, steady }) => {
        const due = linesDue(seconds * 1_000 + 1, rate, seconds, loadOf(seed, steady));
        expect(due).toBe(Math.round(rate * seconds));
      }),
    );
  });

  it("never falls", () => {
    fc.assert(
      fc.property(run, ({ rate, seconds, seed, steady }) => {
        let last = 0;
        for (let at = 0; at <= seconds * 1_000; at += 333) {
          const due = linesDue(at, rate, seconds, loadOf(seed, steady));
          expect(due).toBeGreaterThanOrEqual(last);
          last = due;
        }
      }),
    );
  });

  it("keeps the rate over every minute of an endless run", () => {
    const due = (minute: number) => linesDue(minute * 60_000, 200, Number.POSITIVE_INFINITY, loadOf(7, false));
    expect([1, 2, 3, 60].map(due)).toEqual([12_000, 24_000, 36_000, 720_000]);
  });

  it("is even when steady", () => {
    const due = [1, 2, 3].map((second) => linesDue(second * 1_000, 50, 60, loadOf(1, true)));
    expect(due).toEqual([50, 100, 150]);
  });

  it("has a burst in the first half minute otherwise", () => {
    const perSecond = Array.from(
      { length: 30 },
      (_, s) => linesDue((s + 1) * 1_000, 100, 60, loadOf(1, false)) - linesDue(s * 1_000, 100, 60, loadOf(1, false)),
    );
    expect(Math.max(...perSecond)).toBeGreaterThan(1.8 * Math.min(...perSecond));
  });
});
