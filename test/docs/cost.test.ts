import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type CountsByTier, totalOf, withCostSection } from "../../tools/cost/cost-section.ts";

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const counts = JSON.parse(textOf("docs/cost/counts.json")) as CountsByTier;

it("has the cost part that npm run cost would write", () => {
  const page = textOf("docs/limits-and-cost.md");
  expect(withCostSection(page, counts)).toBe(page);
});

it("keeps the promises: archive only at most 15 dollars per billion lines, hot at most 1.05 rows a line", () => {
  expect(totalOf(counts.archive["1000"], 1_000)).toBeLessThanOrEqual(15);
  expect(counts.hot["1000"].databaseRows).toBeLessThanOrEqual(1_050_000);
});

it("says so where a page has no place for it", () => {
  expect(() => withCostSection("# a page", counts)).toThrow(/no <!--/);
});
