import { expect, it } from "vitest";
import { ByteCache } from "../../../worker/archive/byte-cache.ts";

it("keeps values up to its bytes, and lets the longest unused go", () => {
  const cache = new ByteCache<string>(10);
  cache.set("a", "A", 5);
  cache.set("b", "B", 5);
  expect([cache.get("a"), cache.get("b")]).toEqual(["A", "B"]);
  cache.get("a");
  cache.set("c", "C", 1);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual(["A", undefined, "C"]);
});

it("counts a value once that is set again", () => {
  const cache = new ByteCache<string>(10);
  cache.set("a", "A", 6);
  cache.set("a", "A2", 6);
  cache.set("b", "B", 4);
  expect([cache.get("a"), cache.get("b")]).toEqual(["A2", "B"]);
});

it("takes a value of its whole size, and none that is larger, for which nothing else goes", () => {
  const cache = new ByteCache<string>(10);
  cache.set("a", "A", 10);
  cache.set("b", "B", 11);
  expect([cache.get("a"), cache.get("b")]).toEqual(["A", undefined]);
  cache.set("a", "A2", 11);
  expect(cache.get("a")).toBeUndefined();
});
