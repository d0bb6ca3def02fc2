import { expect, it, vi } from "vitest";
import { parseFilter } from "../../core/query/parse-filter.ts";
import type { Selection } from "../../core/segment/selection.ts";
import { foundRows, lastingName } from "../../worker/query/found-rows.ts";

const nameOf = (q: string): string | undefined => {
  const parsed = parseFilter(q);
  if (!parsed.ok) throw new Error(parsed.detail);
  return lastingName(parsed.value);
};

it("finds the rows of a row group once", async () => {
  const find = vi.fn(async (): Promise<Selection> => Uint8Array.of(0, 1, 0, 1));
  const name = nameOf("once found");
  expect(await foundRows("key-1", 0, name, 4, find)).toEqual(Uint8Array.of(0, 1, 0, 1));
  const again = await foundRows("key-1", 0, name, 4, find);
  expect(again).toEqual(Uint8Array.of(0, 1, 0, 1));
  // What is given may be changed; what is remembered is not.
  (again as Uint8Array).fill(0);
  expect(await foundRows("key-1", 0, name, 4, find)).toEqual(Uint8Array.of(0, 1, 0, 1));
  expect(find).toHaveBeenCalledTimes(1);
});

it("keeps row groups, segments and filters apart", async () => {
  const all = async (): Promise<Selection> => "all";
  const none = async (): Promise<Selection> => "none";
  expect(await foundRows("key-2", 0, nameOf("apart"), 4, all)).toBe("all");
  expect(await foundRows("key-2", 1, nameOf("apart"), 4, none)).toBe("none");
  expect(await foundRows("key-3", 0, nameOf("apart"), 4, none)).toBe("none");
  expect(await foundRows("key-2", 0, nameOf("-apart"), 4, none)).toBe("none");
  expect(await foundRows("key-2", 0, nameOf("apart"), 4, none)).toBe("all");
});

it.each(["time:>-1h", "word time:<now", "a OR -(time:>-1d b)"])(
  "remembers nothing of %s: it goes with the time",
  (q) => {
    expect(nameOf(q)).toBeUndefined();
  },
);

it("remembers a filter with times that stay", () => {
  expect(nameOf("time:>2026-01-01 word")).toBeDefined();
});

it("takes a filter of 1,000 letters, and none that is longer", () => {
  expect(nameOf("x".repeat(1_000))).toBeDefined();
  expect(nameOf("x".repeat(1_001))).toBeUndefined();
});
