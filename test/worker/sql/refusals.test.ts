import { beforeAll, describe, expect, it } from "vitest";
import { ask, bindings, post } from "../ask.ts";
import { answer, fill, type Refused, refusalOf } from "./statements.ts";

beforeAll(fill);

describe("an answer that is too large", () => {
  it("ends at the limit, and says so", async () => {
    const told = await answer("SELECT seq FROM logs WHERE service = 'sql-web' ORDER BY seq", { limit: 3 });
    expect(told).toMatchObject({ rows: [[1], [2], [3]], truncated: true });
    expect(await answer("SELECT seq FROM logs WHERE service = 'sql-web' LIMIT 3", { limit: 3 })).toMatchObject({
      truncated: false,
    });
  });

  it("has at most 10,000 rows", async () => {
    const tens = "(VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))";
    const sql = `SELECT 1 FROM ${tens}, ${tens}, ${tens}, ${tens}`;
    expect(await answer(sql)).toMatchObject({ truncated: false });
    const more = await answer(`${sql} UNION ALL SELECT 2`);
    expect(more.rows).toHaveLength(10_000);
    expect(more.truncated).toBe(true);
  });

  it("ends at the bytes that one answer carries", async () => {
    const told = await answer(
      "SELECT replace(printf('%10000d', seq), ' ', printf('%100d', 0)) FROM logs WHERE service = 'sql-web' ORDER BY seq",
    );
    expect(told.rows).toHaveLength(8);
    expect(told.truncated).toBe(true);
    // Forty cells of 200,000 bytes are exactly as many.
    const hex = (rows: number) =>
      `SELECT hex(printf('%100000d', column1)) FROM (VALUES ${Array(rows).fill("(1)").join(", ")})`;
    expect(await answer(hex(40))).toMatchObject({ rows: { length: 40 }, truncated: false });
    expect(await answer(hex(41))).toMatchObject({ rows: { length: 40 }, truncated: true });
  });

  it("has at most 98 columns", async () => {
    const columns = (count: number) => `SELECT ${Array.from({ length: count }, (_, n) => n).join(", ")}`;
    expect((await answer(columns(98))).rows[0]).toHaveLength(98);
    expect(await refusalOf(columns(99))).toMatchObject({ code: "sql_refused" });
  });
});

describe("POST /api/sql refuses", () => {
  it.each([
    ["a second statement", "SELECT 1; DELETE FROM logs", "second_statement", 11],
    ["a write", "DELETE FROM logs", "not_a_query", 1],
    ["the stored tables", "SELECT * FROM records", "unknown_table", 15],
    ["the stored tables by their database", "SELECT * FROM main.records", "unknown_table", 15],
    ["the schema", "SELECT * FROM sqlite_master", "unknown_table", 15],
    ["what the platform keeps", "SELECT * FROM _cf_KV", "unknown_table", 15],
    ["the migrations", "SELECT * FROM d1_migrations", "unknown_table", 15],
    ["its own means", 'SELECT * FROM "weir answer"', "unknown_table", 15],
    ["a table in the place of a view", "WITH logs AS (SELECT 1) SELECT * FROM logs", "name_taken", 6],
    ["an extension", "SELECT load_extension('x')", "unknown_function", 8],
  ])("%s", async (_name, sql, reason, column) => {
    expect(await refusalOf(sql)).toMatchObject({
      code: "sql_refused",
      message: expect.stringMatching(`^column ${column}: `),
      issues: [{ path: "sql", message: reason, column }],
    });
  });

  it.each([
    ["a column that there is not", "SELECT nme FROM logs", "no such column: nme", 8],
    ["a word out of place", "SELECT 'é', 1 FROM logs WHERE GROUP BY 1", 'near "GROUP": syntax error', 31],
    ["one in a plan", "EXPLAIN QUERY PLAN SELECT nme FROM logs", "no such column: nme", 27],
  ])("%s, with the place", async (_name, sql, message, column) => {
    expect(await refusalOf(sql)).toMatchObject({
      code: "invalid_sql",
      message: `column ${column}: ${message}`,
      issues: [{ path: "sql", message, column }],
    });
  });

  it("what overflows while it runs", async () => {
    expect(await refusalOf("SELECT sum(9223372036854775807) FROM (VALUES (1), (2))")).toMatchObject({
      code: "invalid_sql",
      message: "integer overflow",
    });
  });

  it("what would not come to an end", async () => {
    const many = Array.from({ length: 300 }, (_, n) => `(${n})`).join(", ");
    const cross = (count: number) =>
      `SELECT count(*) FROM ${Array.from({ length: count }, (_, n) => `(VALUES ${many}) AS v${n}`).join(", ")}`;
    expect((await answer(cross(2))).rows).toEqual([[90_000]]);
    expect(await refusalOf(cross(4))).toMatchObject({ code: "query_too_expensive" });
  });

  it("another body", async () => {
    for (const body of ["", "{", "[]", '{"sql":1}', '{"sql":"SELECT 1","limit":10001}', '{"sql":"SELECT 1","x":1}']) {
      const response = await post("/api/sql", body, { "Content-Type": "application/json" });
      expect(response.status).toBe(400);
      expect(((await response.json()) as Refused).error.code).toBe("invalid_request");
    }
  });

  it("who has no key", async () => {
    expect((await ask("/api/sql", { method: "POST", headers: { "X-No-Key": "1" }, body: "{}" })).status).toBe(401);
  });
});

it("nothing was changed by any of it", async () => {
  const { results } = await bindings.DB.prepare("SELECT count(*) AS n FROM records").all<{ n: number }>();
  expect(results[0]?.n).toBe(42);
});
