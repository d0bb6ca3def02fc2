import { expect, it } from "vitest";
import { SizedCache } from "../../core/sized-cache.ts";

const cacheOf = (maxSize: number) => new SizedCache<string>(maxSize, (text) => text.length);

it("remembers up to its size, and forgets what was not asked for longest", () => {
  const cache = cacheOf(6);
  cache.set("a", "11");
  cache.set("b", "22");
  cache.set("c", "33");
  expect(cache.get("a")).toBe("11");
  cache.set("d", "4");
  expect([cache.get("a"), cache.get("b"), cache.get("c"), cache.get("d")]).toEqual(["11", undefined, "33", "4"]);
});

it("counts a value that is replaced once", () => {
  const cache = cacheOf(4);
  for (let time = 0; time < 5; time++) cache.set("a", "123");
  cache.set("b", "4");
  expect([cache.get("a"), cache.get("b")]).toEqual(["123", "4"]);
});

it("takes a value of its whole size, and none that is larger", () => {
  const cache = cacheOf(3);
  cache.set("a", "123");
  cache.set("b", "1234");
  expect([cache.get("a"), cache.get("b")]).toEqual(["123", undefined]);
  cache.set("a", "1234");
  expect(cache.get("a")).toBeUndefined();
});
