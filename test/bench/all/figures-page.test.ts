import { describe, expect, it } from "vitest";
import { figuresIn, figuresTable } from "../../../bench/all/figures-page.ts";
import { QUICK } from "../../../bench/all/quick.ts";
import { BENCHES } from "../../../bench/registry.ts";

const LINE =
  '{"bench":"live","metric":"posted | painted p50","value":33.25,"unit":"ms","n":2,"min":20,"max":1040,"load1":0.4}';

describe("figuresIn", () => {
  it("takes the figures out of what a bench printed", () => {
    const output = ["starting", LINE, '{"bench":"peers","peer":"loki","why":"not there"}', "", "a table"].join("\n");
    expect(figuresIn(output)).toEqual([JSON.parse(LINE)]);
  });
});

describe("figuresTable", () => {
  it("has a row a figure, and one for a bench that did not finish", () => {
    const rows = figuresTable([
      { command: "npm run bench -- live", figures: figuresIn(LINE) },
      { command: "npm run bench -- load", figures: [], failure: "no server | at all" },
    ]).split("\n");
    expect(rows[2]).toBe("| `npm run bench -- live` | posted \\| painted p50 | 33.25 ms | 20 to 1,040, n=2 | 0.4 |");
    expect(rows[3]).toBe("| `npm run bench -- load` | did not finish: no server \\| at all | – |  |  |");
  });
});

it("QUICK is for benches that there are", () => {
  expect(Object.keys(QUICK).filter((name) => !BENCHES.some((bench) => bench.name === name))).toEqual([]);
});
