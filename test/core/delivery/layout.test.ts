import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earlierHomes, FIRST_LAYOUT, homeOf, type Layout, nextLayout } from "../../../core/delivery/layout.ts";

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 22);

describe("homeOf", () => {
  it("is one of the shards, and the same each time", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 64 }), (name, shards) => {
        const home = homeOf(name, shards);
        expect(home).toBe(homeOf(name, shards));
        expect(Number.isInteger(home) && home >= 0 && home < shards).toBe(true);
      }),
    );
  });

  it("gives each shard about as many names", () => {
    const counts = new Array<number>(8).fill(0);
    for (let at = 0; at < 8_000; at++) counts[homeOf(`session:${at}`, 8)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1_150);
  });
});

describe("nextLayout", () => {
  it("counts the change and remembers the count before", () => {
    expect(nextLayout(FIRST_LAYOUT, 4, NOW_MS)).toEqual({
      epoch: 1,
      shards: 4,
      known: 4,
      earlier: [{ shards: 1, untilMs: NOW_MS }],
    });
  });

  it("still knows shards that get nothing any more", () => {
    const four = nextLayout(FIRST_LAYOUT, 4, NOW_MS);
    expect(nextLayout(four, 2, NOW_MS + 1)).toMatchObject({ shards: 2, known: 4 });
  });
});

describe("earlierHomes", () => {
  const layout = nextLayout(FIRST_LAYOUT, 64, NOW_MS);
  const name = Array.from({ length: 100 }, (_, at) => `key:${at}`).find((one) => homeOf(one, 64) !== 0)!;

  it("asks where a name was before, for as long as it may be known there", () => {
    expect(earlierHomes(layout, name, DAY_MS, NOW_MS + DAY_MS + HOUR_MS - 1)).toEqual([0]);
    expect(earlierHomes(layout, name, DAY_MS, NOW_MS + DAY_MS + HOUR_MS)).toEqual([]);
  });

  it("asks nobody before the first change", () => {
    expect(earlierHomes(FIRST_LAYOUT, name, DAY_MS, NOW_MS)).toEqual([]);
  });

  it("names every home that a sequence of changes gave, and not the one of now", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 8 }), (any, counts) => {
        let now: Layout = FIRST_LAYOUT;
        const homes = new Set([0]);
        for (const shards of counts) {
          now = nextLayout(now, shards, NOW_MS);
          homes.add(homeOf(any, shards));
        }
        homes.delete(homeOf(any, now.shards));
        expect(new Set(earlierHomes(now, any, DAY_MS, NOW_MS))).toEqual(homes);
      }),
    );
  });
});
