import { describe, expect, it } from "vitest";
import { listItemsOf } from "../../../core/sql/list-items.ts";
import { tokensOf } from "../../../core/sql/tokens-of.ts";

function itemsOf(sql: string): number | undefined {
  const tokens = tokensOf(sql);
  if (!tokens.ok) throw new Error(tokens.detail);
  return listItemsOf(tokens.value);
}

describe("listItemsOf foresees", () => {
  it.each([
    ["no list", "SELECT attrs FROM logs", 0],
    ["a list that is written out", "SELECT 1 FROM json_each('[1,2,3]')", 3],
    ["the longest of several", "SELECT 1 FROM json_each('[1]') a, json_each('[1,2]', '$') b", 2],
    ["attributes", "SELECT 1 FROM logs r, json_each(r.attrs)", 50],
    ["an attribute", 'SELECT 1 FROM logs r, JSON_TREE(r."attrs", p.value)', 5],
  ])("%s", (_name, sql, items) => {
    expect(itemsOf(sql)).toBe(items);
  });
});

describe("listItemsOf does not foresee", () => {
  it.each([
    ["a list that is made", "SELECT 1 FROM json_each(replace('[]', '', ',1'))"],
    ["a list that is put together", "SELECT 1 FROM json_each('[1' || ']')"],
    ["another column", "SELECT 1 FROM logs r, json_each(r.message)"],
    ["a column without its table", "SELECT 1 FROM logs, json_each(attrs)"],
    ["a list of attributes", "SELECT 1 FROM logs r, json_each(r.attrs || r.attrs)"],
    ["what is called so", "SELECT 1 FROM (SELECT printf('%9d', 1) AS attrs) r, json_each(r.attrs)"],
    ["what is called so without AS", "SELECT 1 FROM (SELECT printf('%9d', 1) attrs) r, json_each(r.attrs)"],
    ["what is called so in quotes", "SELECT 1 FROM (SELECT printf('%9d', 1) 'attrs') r, json_each(r.attrs)"],
    ["a common table's column", "WITH r(attrs) AS (SELECT printf('%9d', 1)) SELECT 1 FROM r, json_each(r.attrs)"],
    ["rows of two queries", "SELECT 1 FROM (SELECT l.attrs FROM logs l UNION SELECT hex(1)) r, json_each(r.attrs)"],
  ])("%s", (_name, sql) => {
    expect(itemsOf(sql)).toBeUndefined();
  });
});
