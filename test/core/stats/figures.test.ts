import { describe, expect, it } from "vitest";
import { figuresOf } from "../../../core/stats/bucket-json.ts";
import { ALL_FIGURES, sectionsOf, withFigures } from "../../../core/stats/figures.ts";
import { STATS_SECTIONS } from "../../../core/stats/needed-sections.ts";
import { emptySummary } from "../../../core/summary/summary.ts";

describe("figures", () => {
  it("are all that statistics tell, and need all of their sections", () => {
    const figures = figuresOf(emptySummary());
    expect(new Set(["count", ...ALL_FIGURES])).toEqual(new Set([...Object.keys(figures), "durationMs"]));
    expect(sectionsOf(ALL_FIGURES)).toEqual(STATS_SECTIONS);
    expect(withFigures(figures, ALL_FIGURES)).toEqual(figures);
  });

  it("are left out unless they are asked for; the count is always told", () => {
    expect(withFigures(figuresOf(emptySummary()), [])).toEqual({ count: 0 });
    expect(withFigures(figuresOf(emptySummary()), ["bytes"])).toEqual({ count: 0, bytes: 0 });
  });
});
