import { expect, it } from "vitest";
import { guardSql } from "../../../core/sql/guard-sql.ts";
import { VIEW_NAMES } from "../../../core/sql/views/registry.ts";
import { type Built, OPERATORS, sqlOfBuilt } from "../../../dashboard/sql/built.ts";

const BUILT: Built = { table: "logs", measure: { of: "count", column: "" }, by: ["level"], conditions: [], limit: 10 };
const isText = (column: string) => column !== "status";
const sql = (part: Partial<Built>) => sqlOfBuilt({ ...BUILT, ...part }, isText);

it("counts by a column, the most frequent first", () => {
  expect(sql({})).toBe("SELECT level, count(*) AS records\nFROM logs\nGROUP BY 1\nORDER BY 2 DESC\nLIMIT 10");
});

it("goes by time where a step of it is chosen", () => {
  expect(sql({ by: ["10 min"], measure: { of: "avg", column: "duration_ms" } })).toBe(
    "SELECT ts_ms / 600000 * 600000 AS ts_ms, avg(duration_ms) AS avg_duration_ms\nFROM logs\nGROUP BY 1\nORDER BY 1\nLIMIT 10",
  );
});

it("compares numbers as numbers, and text as text whatever is in it", () => {
  const conditions = [
    { column: "status", operator: ">=", value: "500" },
    { column: "path", operator: "contains", value: "O'Brien" },
    { column: "level", operator: "is not null", value: "ignored" },
    { column: "status", operator: "=", value: "5 OR 1" },
  ] as const;
  expect(sql({ conditions })).toContain(
    "WHERE status >= 500\n  AND instr(lower(path), 'o''brien') > 0\n  AND level IS NOT NULL\n  AND status = '5 OR 1'",
  );
});

it("writes statements that the server takes, whatever is chosen", () => {
  for (const of of ["count", "sum", "avg", "min", "max", "distinct"] as const) {
    for (const operator of OPERATORS) {
      const text = sql({
        ...{ measure: { of, column: "status" }, by: ["1 h", "user"] },
        conditions: [{ column: "path", operator, value: "'; DROP TABLE logs --" }],
      });
      expect(guardSql(text, VIEW_NAMES)).toMatchObject({ ok: true });
    }
  }
});
