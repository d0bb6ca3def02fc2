import { describe, expect, it, vi } from "vitest";
import { ShortCache } from "../../../worker/auth/short-cache.ts";

const TIMES = { freshMs: 10, usableMs: 25, maxEntries: 2 };
const nothing = async (): Promise<never> => {
  throw new Error("no database");
};

describe("ShortCache", () => {
  it("reads once while an entry is fresh", async () => {
    const cache = new ShortCache<number>(TIMES);
    const read = vi.fn(async () => 1);
    for (const nowMs of [0, 5, 9]) expect(await cache.get("a", nowMs, read)).toBe(1);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("reads again beside the request, and never twice at a time", async () => {
    const cache = new ShortCache<number>(TIMES);
    await cache.get("a", 0, async () => 1);
    const read = vi.fn(async () => 2);
    expect(await Promise.all([cache.get("a", 10, read), cache.get("a", 11, read)])).toEqual([1, 1]);
    await expect.poll(() => cache.peek("a", 11)).toBe(2);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("uses nothing that is older than usableMs", async () => {
    const cache = new ShortCache<number>(TIMES);
    await cache.get("a", 0, async () => 1);
    expect(cache.peek("a", 24)).toBe(1);
    expect(cache.peek("a", 25)).toBeUndefined();
    expect(await cache.get("a", 25, async () => 2)).toBe(2);
  });

  it("goes on with what was last known while the database is away, for an hour", async () => {
    const cache = new ShortCache<number>(TIMES);
    await cache.get("a", 0, async () => 1);
    expect(await cache.get("a", 3_600_000, nothing)).toBe(1);
    await expect(cache.get("a", 3_600_001, nothing)).rejects.toMatchObject({ code: "overloaded" });
    await expect(cache.get("b", 0, nothing)).rejects.toMatchObject({ code: "overloaded" });
  });

  it("does not hold what is not there, and lets go of what is there no more", async () => {
    const cache = new ShortCache<number>(TIMES);
    expect(await cache.get("a", 0, async () => undefined)).toBeUndefined();
    expect(await cache.get("a", 0, async () => 1)).toBe(1);
    expect(await cache.get("a", 25, async () => undefined)).toBeUndefined();
    expect(cache.peek("a", 25)).toBeUndefined();
  });

  it("holds as many entries as it may, the latest read", async () => {
    const cache = new ShortCache<number>(TIMES);
    for (const key of ["a", "b", "c"]) await cache.get(key, 0, async () => 1);
    expect(["a", "b", "c"].map((key) => cache.peek(key, 0))).toEqual([undefined, 1, 1]);
  });
});
