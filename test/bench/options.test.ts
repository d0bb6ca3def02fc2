import { describe, expect, it } from "vitest";
import { optionsOf, pageOf } from "../../bench/options.ts";

describe("optionsOf", () => {
  it("reads names with values, and names alone", () => {
    expect(optionsOf(["--lines", "1000", "--write", "--mode", "dev", "--quick"])).toEqual({
      lines: "1000",
      write: "yes",
      mode: "dev",
      quick: "yes",
    });
  });

  it.each([[["lines"]], [["--"]], [["--lines", "1", "2"]]])("refuses %j", (args) => {
    expect(() => optionsOf(args)).toThrow("expected --name value");
  });
});

describe("pageOf", () => {
  it("is the benchmarks' page unless another is named, and none where nothing is to be written", () => {
    expect(pageOf({ write: "yes" })).toBe("docs/benchmarks.md");
    expect(pageOf({ write: "/tmp/page.md" })).toBe("/tmp/page.md");
    expect(pageOf({})).toBeUndefined();
  });
});
