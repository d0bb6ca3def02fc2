import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { guardSql, MAX_SQL_CHARS } from "../../../core/sql/guard-sql.ts";
import { MAX_LISTS, MAX_TABLES } from "../../../core/sql/statement-reader.ts";
import { anyStatement, statementOver } from "./statements.ts";

const { DB } = env as unknown as { DB: D1Database };
const TABLES = new Set(["logs", "minutes"]);
const MAX_ROWS = 3;

beforeAll(async () => {
  await DB.batch(
    [
      "CREATE TABLE logs (a INTEGER, b TEXT, attrs TEXT)",
      "CREATE VIEW minutes AS SELECT a, count(*) AS n FROM logs GROUP BY a",
      "CREATE TABLE secret (word TEXT)",
      "INSERT INTO secret VALUES ('hush')",
      `INSERT INTO logs VALUES (1, 'x', '{"k":1}'), (2, 'y', NULL), (3, 'z''--;', NULL), (4, 'x', NULL), (5, 'x', NULL)`,
    ].map((sql) => DB.prepare(sql)),
  );
});

const guarded = (sql: string) => {
  const result = guardSql(sql, TABLES);
  if (!result.ok) throw new Error(result.detail);
  return result.value;
};

/** As a sub-select, which is how it is run. */
const wrapped = (sql: string): string => `SELECT * FROM (\n${guarded(sql).query}\n) LIMIT ${MAX_ROWS + 1}`;

describe("guardSql lets through, and D1 runs,", () => {
  it.each([
    ["a query", "SELECT a FROM logs", ["logs"], 4],
    ["a last semicolon with a comment", "SELECT a FROM logs ; ; -- done", ["logs"], 4],
    ["a comment at the end", "SELECT a FROM logs -- all", ["logs"], 4],
    ["comments inside", "/* ; */ SELECT a /* DROP TABLE logs */ FROM -- secret\n logs", ["logs"], 4],
    [
      "semicolons in strings and names",
      `SELECT 'a;b''--' AS "x;y", b AS [;], a AS \`;\` FROM logs WHERE b = 'z''--;'`,
      ["logs"],
      1,
    ],
    [
      "joins of every kind",
      "SELECT l.a FROM logs AS l LEFT JOIN minutes m ON m.a = l.a, (SELECT 1) AS one CROSS JOIN minutes",
      ["logs", "minutes"],
      4,
    ],
    ["joined tables in parentheses", "SELECT 1 FROM ((logs) JOIN minutes USING (a))", ["logs", "minutes"], 4],
    [
      "common tables",
      "WITH x AS (SELECT a FROM logs), y(n) AS MATERIALIZED (SELECT count(*) FROM x) SELECT n FROM y, x LIMIT 1",
      ["logs"],
      1,
    ],
    [
      "a sub-select",
      "SELECT a FROM logs WHERE a IN (SELECT a FROM minutes) AND EXISTS (SELECT 1 FROM logs)",
      ["logs", "minutes"],
      4,
    ],
    ["a table after IN", "SELECT 1 WHERE (1, 1) IN minutes", ["minutes"], 1],
    ["values", "VALUES (1), (2)", [], 2],
    ["unions", "SELECT a FROM logs UNION ALL SELECT n FROM minutes", ["logs", "minutes"], 4],
    ["table functions", "SELECT j.key FROM logs, json_each(logs.attrs) AS j", ["logs"], 1],
    [
      "window functions",
      "SELECT sum(a) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), count(*) FILTER (WHERE a > 1) OVER w FROM logs WINDOW w AS (ORDER BY a)",
      ["logs"],
      4,
    ],
    ["a comparison with FROM in it", "SELECT a IS NOT DISTINCT FROM b, a IS DISTINCT FROM 1 FROM logs", ["logs"], 4],
    ["forbidden words as names", `SELECT l.a AS "drop", 'DELETE FROM logs' FROM "logs" AS l`, ["logs"], 4],
    ["replace() as a function", "SELECT replace(b, 'x', 'y') FROM [logs]", ["logs"], 4],
    ["names in any case", "select A from LOGS group by 1 having count(*) > 0 order by 1", ["logs"], 4],
    ["a plan", "EXPLAIN QUERY PLAN SELECT a FROM logs", ["logs"], 1],
  ])("%s", async (_name, sql, tables, rows) => {
    const value = guarded(sql);
    expect(value.tables).toEqual(tables);
    const { results } = await DB.prepare(`${value.isPlan ? "EXPLAIN QUERY PLAN " : ""}${wrapped(sql)}`).all();
    expect(results).toHaveLength(rows);
  });

  it("the order that the query asks for", async () => {
    const { results } = await DB.prepare(wrapped("SELECT a FROM logs ORDER BY a DESC")).all();
    expect(results.map(({ a }) => a)).toEqual([5, 4, 3, 2]);
  });
});

describe("guardSql refuses", () => {
  it.each([
    ["nothing", " -- only a comment", "empty_statement", 19],
    ["a second statement", "SELECT 1; DELETE FROM logs", "second_statement", 11],
    ["a second statement after a comment", "SELECT 1 /* ; */ ; -- x\nDROP TABLE logs", "second_statement", 25],
    ["a deletion", "DELETE FROM logs", "not_a_query", 1],
    ["an insertion", "INSERT INTO logs VALUES (1)", "not_a_query", 1],
    ["a replacement", "REPLACE INTO logs VALUES (1)", "not_a_query", 1],
    ["a pragma", "PRAGMA table_list", "not_a_query", 1],
    ["an attached database", "ATTACH 'x' AS y", "not_a_query", 1],
    ["EXPLAIN of a change", "EXPLAIN QUERY PLAN DELETE FROM logs", "not_a_query", 20],
    ["EXPLAIN of a pragma", "EXPLAIN PRAGMA table_list", "not_a_query", 9],
    ["EXPLAIN twice", "EXPLAIN EXPLAIN SELECT 1", "not_a_query", 9],
    ["a query in parentheses", "(SELECT 1)", "not_a_query", 1],
    ["a deletion in a common table", "WITH x AS (DELETE FROM logs RETURNING *) SELECT * FROM x", "not_a_query", 12],
    ["a deletion after common tables", "WITH x AS (SELECT 1) DELETE FROM logs", "not_a_query", 22],
    ["a change inside", "SELECT a FROM logs UPDATE logs SET a = 1", "forbidden_word", 20],
    ["INTO", "SELECT a INTO x FROM logs", "forbidden_word", 10],
    [
      "RECURSIVE",
      "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT n FROM x",
      "recursive_query",
      6,
    ],
    [
      "a recursion without the word",
      "WITH x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT n FROM x",
      "recursive_query",
      52,
    ],
    [
      "a recursion in quotes",
      'WITH "X"(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM [x]) SELECT n FROM x',
      "recursive_query",
      54,
    ],
    [
      "a recursion as a string",
      "WITH x AS (SELECT 1 AS n UNION ALL SELECT n FROM 'x') SELECT n FROM x",
      "recursive_query",
      50,
    ],
    [
      "a recursion in a sub-select",
      "WITH x AS (SELECT 1 AS n UNION ALL SELECT n FROM (SELECT n FROM x)) SELECT n FROM x",
      "recursive_query",
      65,
    ],
    ["a recursion of two", "WITH x AS (SELECT 1 FROM y), y AS (SELECT 1 FROM x) SELECT 1 FROM x", "unknown_table", 26],
    [
      "a common table in the place of a view",
      "WITH logs AS (SELECT 1 UNION ALL SELECT 1 FROM logs) SELECT 1 FROM logs",
      "name_taken",
      6,
    ],
    [
      "WITH inside, where its names would not hold outside",
      "SELECT 1 FROM (WITH secret AS (SELECT 1) SELECT 1), secret",
      "nested_with",
      16,
    ],
    ["WITH in a common table", "WITH x AS (WITH y AS (SELECT 1) SELECT 1) SELECT 1", "nested_with", 12],
    ["another table", "SELECT word FROM secret", "unknown_table", 18],
    ["another table in quotes", 'SELECT word FROM "secret"', "unknown_table", 18],
    ["another table in brackets", "SELECT word FROM [secret]", "unknown_table", 18],
    ["another table in backticks", "SELECT word FROM `secret`", "unknown_table", 18],
    ["another table as a string", "SELECT word FROM 'secret'", "unknown_table", 18],
    ["another table behind a comma", "SELECT word FROM logs AS l, secret", "unknown_table", 29],
    ["another table behind a join", "SELECT word FROM logs NATURAL LEFT OUTER JOIN secret", "unknown_table", 47],
    [
      "another table behind a condition",
      "SELECT word FROM logs JOIN minutes ON minutes.a IN (1, 2), secret",
      "unknown_table",
      60,
    ],
    ["another table behind USING", "SELECT word FROM logs JOIN minutes USING (a, n), secret", "unknown_table", 50],
    [
      "another table behind a sub-select",
      "SELECT word FROM (SELECT 1 FROM logs WHERE a IN (1)) AS x, secret",
      "unknown_table",
      60,
    ],
    ["another table in parentheses", "SELECT word FROM (secret)", "unknown_table", 19],
    ["another table in two parentheses", "SELECT word FROM ((logs), (secret))", "unknown_table", 28],
    ["another table in a sub-select", "SELECT (SELECT word FROM secret)", "unknown_table", 26],
    ["another table in a union", "SELECT b FROM logs UNION SELECT word FROM secret", "unknown_table", 43],
    ["another table in ORDER BY", "SELECT a FROM logs ORDER BY (SELECT word FROM secret)", "unknown_table", 47],
    ["another table after IN", "SELECT 1 WHERE 'hush' IN secret", "unknown_table", 26],
    ["another table after NOT IN", "SELECT 1 WHERE 'hush' NOT IN 'secret'", "unknown_table", 30],
    ["another table of a database", "SELECT word FROM main.secret", "unknown_table", 18],
    ["an allowed name of another database", "SELECT 1 FROM temp.logs", "unknown_table", 15],
    ["another table behind a comment", "SELECT word FROM/**/secret", "unknown_table", 21],
    ["another table behind a real FROM", "SELECT 1 IS DISTINCT FROM 2 FROM secret", "unknown_table", 34],
    ["the schema", "SELECT sql FROM sqlite_schema", "unknown_table", 17],
    ["the platform's tables", "SELECT * FROM _cf_METADATA", "unknown_table", 15],
    ["a pragma as a table", "SELECT * FROM pragma_table_list", "unknown_table", 15],
    ["a pragma as a table function", "SELECT * FROM pragma_table_info('logs')", "unknown_function", 15],
    ["an extension", "SELECT load_extension('x')", "unknown_function", 8],
    ["an extension in quotes", `SELECT "load_extension"('x')`, "unknown_function", 8],
    ["an extension in brackets", "SELECT [load_extension] ('x')", "unknown_function", 8],
    ["large values of nothing", "SELECT zeroblob(1000000000)", "unknown_function", 8],
    ["the engine's version", "SELECT sqlite_version()", "unknown_function", 8],
    ["a parameter", "SELECT ?1", "parameter", 8],
    ["a named parameter", "SELECT a FROM logs WHERE a = :a", "parameter", 30],
    ["a parenthesis that ends the wrapping", "SELECT 1) UNION SELECT word FROM (secret", "parentheses", 9],
    ["a parenthesis too few", "SELECT (1", "parentheses", 10],
    ["a parenthesis too few in a common table", "WITH x AS (SELECT 1", "parentheses", 20],
    ["a common table without a query", "WITH x AS SELECT 1", "parentheses", 11],
    ["an open string", "SELECT 'x FROM logs", "unclosed", 8],
    ["an open name", 'SELECT "x FROM logs', "unclosed", 8],
    ["an open comment", "SELECT 1 /* x", "unclosed", 10],
    ["a backslash as an escape", "SELECT 'a\\', b FROM secret; --'", "unknown_table", 21],
    ["a NUL", "SELECT 1 \0; DROP TABLE logs", "unknown_sign", 10],
    ["a byte order mark", "SELECT 1 FROM \ufefflogs", "unknown_sign", 15],
    ["a non-breaking space", "SELECT\u00a0word FROM secret", "not_a_query", 1],
  ])("%s", (_name, sql, reason, column) => {
    expect(guardSql(sql, TABLES)).toMatchObject({
      ok: false,
      reason,
      column,
      detail: expect.stringMatching(`^column ${column}: `),
    });
  });

  it("more characters than there may be", () => {
    const most = `SELECT 1${" ".repeat(MAX_SQL_CHARS - 8)}`;
    expect(guardSql(most, TABLES)).toMatchObject({ ok: true });
    expect(guardSql(`${most} `, TABLES)).toMatchObject({ ok: false, reason: "statement_too_long" });
  });

  it("more tables than there may be", () => {
    const joined = (count: number) =>
      `SELECT 1 FROM ${Array.from({ length: count }, (_, index) => `logs l${index}`).join(", ")}`;
    expect(guardSql(joined(MAX_TABLES), TABLES)).toMatchObject({ ok: true });
    expect(guardSql(joined(MAX_TABLES + 1), TABLES)).toMatchObject({ ok: false, reason: "too_many_tables" });
    const lists = (count: number) => `SELECT 1 FROM ${Array(count).fill("json_each('[1]')").join(", ")}`;
    expect(guardSql(lists(MAX_LISTS), TABLES)).toMatchObject({ ok: true });
    expect(guardSql(lists(MAX_LISTS + 1), TABLES)).toMatchObject({ ok: false, reason: "too_many_tables" });
  });
});

describe("whatever guardSql lets through", () => {
  it("is refused by D1 or opens the tables allowed and no other", async () => {
    const { results: roots } = await DB.prepare("SELECT name, rootpage FROM sqlite_schema").all<{
      name: string;
      rootpage: number;
    }>();
    const allowed = roots.find(({ name }) => name === "logs")!.rootpage;
    const anyTable = statementOver("logs", "minutes", "secret", '"secret"', "'secret'", "main.secret", "[secret]");
    const statements = fc
      .sample(fc.oneof(anyStatement, anyTable), 4_000)
      .filter((sql) => guardSql(sql, TABLES).ok)
      .slice(0, 300);
    let understood = 0;
    for (const sql of statements) {
      const program = await DB.prepare(`EXPLAIN ${wrapped(sql)}`)
        .all<{ opcode: string; p2: number }>()
        .then(
          ({ results }) => results,
          () => undefined,
        );
      if (program === undefined) continue;
      understood++;
      const opened = program
        .filter(({ opcode }) => /^(?:Open(?:Read|Write)|ReopenIdx|Clear|Destroy)$/.test(opcode))
        .map(({ p2 }) => p2);
      expect(opened.filter((page) => page !== allowed)).toEqual([]);
    }
    expect(understood).toBeGreaterThan(100);
  }, 60_000);

  it("is every statement over the tables allowed that has no more of them than there may be", () => {
    fc.assert(
      fc.property(statementOver("logs", "minutes", '"LOGS"', "[minutes]", "'logs'"), (sql) => {
        const result = guardSql(sql, TABLES);
        if (!result.ok) expect(result.reason).toBe("too_many_tables");
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), anyStatement),
        (sql) => void guardSql(sql, TABLES),
      ),
    );
  }, 60_000);
});
