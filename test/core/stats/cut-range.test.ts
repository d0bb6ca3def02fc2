import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutRange } from "../../../core/stats/cut-range.ts";

const BOTH = { from: true, to: true };
const range = (fromMs: number, toMs: number) => ({ fromMs, toMs });

describe("cutRange", () => {
  it.each([
    ["whole minutes", range(60_000, 180_000), BOTH, range(60_000, 180_000), []],
    [
      "parts at both ends",
      range(59_999, 120_001),
      BOTH,
      range(60_000, 120_000),
      [range(59_999, 60_000), range(120_000, 120_001)],
    ],
    ["a part of one minute", range(60_001, 60_002), BOTH, range(120_000, 120_000), [range(60_001, 60_002)]],
    ["parts of two minutes", range(61_000, 121_000), BOTH, range(120_000, 120_000), [range(61_000, 121_000)]],
    [
      "an end that need not be exact",
      range(61_000, 190_000),
      { from: true, to: false },
      range(120_000, 190_000),
      [range(61_000, 120_000)],
    ],
    [
      "ends of which none need be exact",
      range(61_000, 190_000),
      { from: false, to: false },
      range(61_000, 190_000),
      [],
    ],
    ["times before 1970", range(-61_000, 60_000), BOTH, range(-60_000, 60_000), [range(-61_000, -60_000)]],
  ])("%s", (_name, asked, exact, whole, ends) => {
    expect(cutRange(asked, exact)).toEqual({ whole, ends });
  });

  it("loses no moment and has none twice", () => {
    const ms = fc.integer({ min: -200_000, max: 200_000 });
    fc.assert(
      fc.property(ms, fc.integer({ min: 1, max: 300_000 }), fc.boolean(), fc.boolean(), (fromMs, length, from, to) => {
        const { whole, ends } = cutRange(range(fromMs, fromMs + length), { from, to });
        const pieces = [whole, ...ends]
          .filter((piece) => piece.fromMs < piece.toMs)
          .sort((a, b) => a.fromMs - b.fromMs);
        expect(pieces[0]!.fromMs).toBe(fromMs);
        expect(pieces.at(-1)!.toMs).toBe(fromMs + length);
        for (const [at, piece] of pieces.slice(1).entries()) expect(piece.fromMs).toBe(pieces[at]!.toMs);
      }),
    );
  });
});
