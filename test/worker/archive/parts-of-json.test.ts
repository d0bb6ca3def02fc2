import { expect, it } from "vitest";
import { MAX_PARAM_CHARS, partsOfJson } from "../../../worker/archive/parts-of-json.ts";

it("cuts a list into parts that one parameter has room for, and loses none", () => {
  const places = Array.from({ length: 100_000 }, (_, at) => [1_795_277_940_000 + at, 0, at]);
  const parts = partsOfJson(places);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(MAX_PARAM_CHARS + 2);
  expect(parts.flatMap((part) => JSON.parse(part) as unknown[])).toEqual(places);
});

it("gives what is too long by itself a part of its own, and nothing for nothing", () => {
  expect(partsOfJson(["a", "b".repeat(30), "c"], 10)).toEqual(['["a"]', `["${"b".repeat(30)}"]`, '["c"]']);
  expect(partsOfJson([])).toEqual([]);
});
