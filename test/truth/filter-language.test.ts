import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FIELD_NAMES, MAX_ATTRIBUTE_PARTS, toSnakeCase } from "../../core/query/fields.ts";
import { MAX_FILTER_CHARS, MAX_FILTER_DEPTH, MAX_FILTER_TERMS, parseFilter } from "../../core/query/parse-filter.ts";
import { MAX_GAPS } from "../../core/query/read-value.ts";
import { MAX_FILTER_PARAMS } from "../../core/query/sql-of.ts";

const page = readFileSync(new URL("../../docs/filter-language.md", import.meta.url), "utf8");

/** The code in the first cells of the page's tables with that heading. */
function firstCells(heading: string): string[] {
  const cells: string[] = [];
  let isInside = false;
  for (const line of page.split("\n")) {
    if (line.startsWith(`| ${heading} |`)) isInside = true;
    else if (!line.startsWith("|")) isInside = false;
    else if (isInside && !line.startsWith("| ---")) {
      cells.push(...[...line.split(" | ")[0]!.matchAll(/`([^`]+)`/g)].map(([, code]) => code!));
    }
  }
  return cells;
}

describe("docs/filter-language.md", () => {
  it.each(firstCells("filter"))("shows a filter that can be read: %s", (q) => {
    expect(parseFilter(q)).toMatchObject({ ok: true });
  });

  it("shows filters", () => {
    expect(firstCells("filter").length).toBeGreaterThan(40);
  });

  it("names every field and no other", () => {
    expect(firstCells("field")).toEqual(FIELD_NAMES.map(toSnakeCase));
  });

  it.each([
    ["length", MAX_FILTER_CHARS],
    ["conditions", MAX_FILTER_TERMS],
    ["different values", MAX_FILTER_PARAMS],
    ["parentheses inside one another", MAX_FILTER_DEPTH],
    ["`*` in a value", MAX_GAPS],
    ["parts of an attribute's name", MAX_ATTRIBUTE_PARTS],
  ])("gives the limit of %s as it is", (name, limit) => {
    expect(page).toMatch(new RegExp(`\\| ${name.replace("*", "\\*")} \\| ${limit.toLocaleString("en")}\\b`));
  });
});
