import { describe, expect, it } from "vitest";
import { markdownTable, withPart } from "../../bench/page.ts";

const PEERS = { name: "peers", command: "npm run bench -- peers --write" };

describe("withPart", () => {
  it("adds a part to a page, and replaces it the next time", () => {
    const once = withPart("# Benchmarks\n\ntext\n", PEERS, "first");
    expect(once).toContain("text\n\n<!-- peers: written by `npm run bench -- peers --write` -->\nfirst\n");
    const twice = withPart(`${once}after\n`, { ...PEERS, command: "another" }, "second");
    expect(twice).toContain("second");
    expect(twice).not.toContain("first");
    expect(twice.endsWith("<!-- end of peers -->\nafter\n")).toBe(true);
  });

  it("leaves the other parts of a page alone", () => {
    const page = withPart(withPart("top\n", PEERS, "ratios"), { name: "figures", command: "x" }, "old");
    const next = withPart(page, { name: "figures", command: "x" }, "new");
    expect(next).toBe(page.replace("old", "new"));
  });
});

it("markdownTable puts a line under its head", () => {
  expect(
    markdownTable([
      ["a", "b"],
      ["1", "2"],
    ]),
  ).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |");
});
