import { expect, it } from "vitest";
import { RecentCache } from "../../core/recent-cache.ts";

const long = (chars: number): string => "x".repeat(chars);

it("remembers the last of its capacity, and forgets what was not asked for since", () => {
  const cache = new RecentCache<number>(10);
  for (let i = 0; i < 20; i++) {
    cache.set(`key ${i}`, i);
    expect(cache.get("key 0")).toBe(0);
  }
  for (let i = 11; i < 20; i++) expect(cache.get(`key ${i}`)).toBe(i);
  for (let i = 20; i < 50; i++) cache.set(`key ${i}`, i);
  expect(cache.get("key 0")).toBeUndefined();
});

it("does not keep keys of more than 1,024 characters", () => {
  const cache = new RecentCache<number>(10);
  expect(cache.set(long(1_024), 1)).toBe(long(1_024));
  expect(cache.set(long(1_025), 2)).toBe(long(1_025));
  expect(cache.get(long(1_024))).toBe(1);
  expect(cache.get(long(1_025))).toBeUndefined();
});
