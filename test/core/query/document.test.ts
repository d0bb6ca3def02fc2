import { expect, it } from "vitest";
import { FIELD_NAMES, MAX_ATTRIBUTE_PARTS, toSnakeCase } from "../../../core/query/fields.ts";
import { MAX_FILTER_CHARS, MAX_FILTER_DEPTH, MAX_FILTER_TERMS, parseFilter } from "../../../core/query/parse-filter.ts";
import { MAX_FILTER_PARAMS } from "../../../core/query/sql-of.ts";
import { FLAGS } from "../../../core/record.ts";
import DOCUMENT from "../../../docs/filter-language.md?raw";

/** Rows of the tables under a heading: their cells. */
const rowsUnder = (heading: string): string[][] =>
  DOCUMENT.split(`\n## ${heading}\n`)[1]!
    .split("\n## ")[0]!
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .map((line) => line.slice(2, -2).split(" | "));

const codesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

it("names every field, in a table of its own", () => {
  const named = rowsUnder("Fields").flatMap(([cell]) => codesIn(cell!));
  for (const name of FIELD_NAMES) expect(named).toContain(toSnakeCase(name));
  const flags = rowsUnder("Fields").find(([cell]) => cell === "`flags`")![1];
  expect(flags).toBe(FLAGS.join(", "));
});

it("shows no filter that cannot be read", () => {
  const headings = ["Words and phrases", "Attributes", "Comparison and ranges", "Time", "Combining"];
  const filters = headings.flatMap((heading) => rowsUnder(heading).flatMap(([cell]) => codesIn(cell!)));
  filters.push(
    ...rowsUnder("Fields")
      .flatMap(([cell]) => codesIn(cell!))
      .filter((code) => code.includes(":")),
  );
  filters.push(DOCUMENT.split("```\n")[1]!.trim());
  expect(filters.length).toBeGreaterThan(40);
  for (const filter of filters) expect({ filter, ...parseFilter(filter) }).toMatchObject({ filter, ok: true });
});

it("tells the limits that hold", () => {
  expect(
    rowsUnder("Limits")
      .slice(1)
      .map(([what, limit]) => [what, limit]),
  ).toEqual([
    ["length", `${MAX_FILTER_CHARS.toLocaleString("en")} characters`],
    ["conditions", `${MAX_FILTER_TERMS}`],
    ["different values", `${MAX_FILTER_PARAMS} in the database`],
    ["parentheses inside one another", `${MAX_FILTER_DEPTH}`],
    ["`*` in a value", "8"],
    ["parts of an attribute's name", `${MAX_ATTRIBUTE_PARTS}`],
  ]);
});
