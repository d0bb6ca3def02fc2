import { beforeAll, describe, expect, it } from "vitest";
import { VIEWS } from "../../core/sql/views/registry.ts";
import DOCUMENT from "../../docs/sql.md?raw";
import { accessLine, ask, bindings, json, post, settled } from "./ask.ts";

interface Answer {
  columns: { name: string; type: string }[];
  rows: (string | number | null)[][];
  rowsRead: number;
  costDollars: number;
  ms: number;
  truncated: boolean;
}
interface Refused {
  error: { code: string; message: string; issues?: { path: string; message: string; column?: number }[] };
}

const query = (sql: string, more: object = {}): Promise<Response> =>
  post("/api/sql", JSON.stringify({ sql, ...more }), { "Content-Type": "application/json" });
const answer = (sql: string, more?: object): Promise<Answer> => json<Answer>(query(sql, more));
const rows = async (sql: string, more?: object) => (await answer(sql, more)).rows;

const LINES = Array.from({ length: 40 }, (_, n) =>
  accessLine({
    time: `22/Nov/2026:10:00:${String(n).padStart(2, "0")} +0000`,
    path: `/items/${n}?page=2`,
    status: n % 4 === 0 ? 500 : 200,
    ip: `198.51.100.${n % 5}`,
    bytes: 100,
    tail: ` ${n}`,
  }),
);
const APP_LINES = [
  {
    ts: "2026-11-22T10:01:00Z",
    level: "error",
    msg: "disk full; DROP TABLE logs --",
    cart: { total: 9.5 },
    user_id: "u1",
  },
  { ts: "2026-11-22T10:01:01.250Z", level: "info", msg: "ok", user_id: "u2" },
];

beforeAll(async () => {
  await json(post("/ingest/sql-web", LINES.join("\n")));
  await json(post("/ingest/sql-app", APP_LINES.map((line) => JSON.stringify(line)).join("\n")));
  await settled();
});

describe("POST /api/sql", () => {
  it("answers columns with their types, rows, and what reading them costs", async () => {
    const told = await answer(
      "SELECT status, count(*) AS n, avg(duration_ms) AS ms FROM logs WHERE service = 'sql-web' GROUP BY status",
    );
    expect(told).toMatchObject({
      columns: [
        { name: "status", type: "integer" },
        { name: "n", type: "integer" },
        { name: "ms", type: "real" },
      ],
      rows: [
        [200, 30, 20],
        [500, 10, 18],
      ],
      truncated: false,
    });
    expect(told.rowsRead).toBeGreaterThanOrEqual(40);
    expect(told.costDollars).toBeCloseTo(told.rowsRead / 1e9, 12);
  });

  it("has the records as logs", async () => {
    expect(
      await rows(
        "SELECT time, level, severity, message, attrs ->> '$.cart.total', user_id, parser FROM logs WHERE service = 'sql-app' ORDER BY ts_ms",
      ),
    ).toEqual([
      ["2026-11-22T10:01:00.000Z", "error", 4, "disk full; DROP TABLE logs --", 9.5, "u1", "json"],
      ["2026-11-22T10:01:01.250Z", "info", 2, "ok", null, "u2", "json"],
    ]);
  });

  it("has the requests as web_logs, under the usual names", async () => {
    const told = await answer("SELECT * FROM web_logs WHERE ts_ms = 1795341601000");
    expect(told.columns.slice(0, 12).map(({ name }) => name)).toEqual(
      "ip ts method endpoint status response_time_ms user_agent ua_device ua_os ua_browser country city".split(" "),
    );
    expect(told.rows[0]?.slice(0, 12)).toEqual([
      "198.51.100.1",
      "2026-11-22T10:00:01.000Z",
      "GET",
      "/items/:id",
      200,
      1,
      expect.stringContaining("Chrome/130"),
      "desktop",
      "Linux",
      "Chrome",
      null,
      null,
    ]);
  });

  it("has the counts of each minute as minutes, several parts of one in one row", async () => {
    await json(post("/ingest/sql-web", accessLine({ time: "22/Nov/2026:10:00:59 +0000", bytes: 11 })));
    await settled();
    expect(await rows("SELECT time, step_ms, records, bytes FROM minutes WHERE service = 'sql-web'")).toEqual([
      ["2026-11-22T10:00:00.000Z", 60_000, 41, 4_011],
    ]);
  });

  it("has services and batches", async () => {
    expect(await rows("SELECT service, records FROM services WHERE service LIKE 'sql-%' ORDER BY 1")).toEqual([
      ["sql-app", 2],
      ["sql-web", 41],
    ]);
    expect(await rows("SELECT sum(records) FROM batches WHERE service = 'sql-web'")).toEqual([[41]]);
  });

  it("shows one service and a range where it is told to", async () => {
    const count = "SELECT count(*) FROM logs";
    expect(await rows(count, { service: "sql-app" })).toEqual([[2]]);
    expect(await rows(count, { from: "2026-11-22T10:00:10Z", to: "2026-11-22T10:00:20Z" })).toEqual([[10]]);
    expect(await rows(`${count} a`, { service: "nobody" })).toEqual([[0]]);
  });

  it("has the archive's objects as segments", async () => {
    expect(await rows("SELECT count(*) FROM segments WHERE service = 'sql-web'")).toEqual([[0]]);
  });

  it.each(
    VIEWS.filter(({ name }) => name !== "segments").flatMap(({ name, examples }) => examples.map((sql) => [name, sql])),
  )("runs the example of %s: %s", async (_name, sql) => {
    expect((await answer(sql)).rows.length).toBeGreaterThan(0);
  });

  it("answers every column of every table as the type that it is told to be", async () => {
    for (const { name, columns } of VIEWS) {
      const told = await answer(`SELECT * FROM ${name}`);
      for (const [at, column] of columns.entries()) {
        expect(told.columns[at]?.name).toBe(column.name);
        expect([column.type, "null"]).toContain(told.columns[at]?.type);
      }
    }
  });

  it("keeps what JSON has no form for as text", async () => {
    expect(
      await answer(
        "SELECT 9e999, -9e999, x'00ff', 9223372036854775807, -9223372036854775807 - 1, 9007199254740991, 2.0, NULL, 'a' || char(0) || 'b'",
      ),
    ).toMatchObject({
      columns: ["real", "real", "blob", "integer", "integer", "integer", "real", "null", "text"].map((type) => ({
        type,
      })),
      rows: [
        [
          "Infinity",
          "-Infinity",
          "00FF",
          "9223372036854775807",
          "-9223372036854775808",
          9007199254740991,
          2,
          null,
          "a\0b",
        ],
      ],
    });
  });

  it("tells columns of an answer without rows, and of equal names", async () => {
    expect(await answer("SELECT path, path, count(*) FROM logs WHERE false GROUP BY 1")).toMatchObject({
      columns: [
        { name: "path", type: "null" },
        { name: "path:1", type: "null" },
        { name: "count(*)", type: "null" },
      ],
      rows: [],
    });
  });

  it("keeps the order that the statement asks for", async () => {
    const seqs = (await rows("SELECT seq FROM logs WHERE service = 'sql-web' ORDER BY seq DESC")).map(([seq]) => seq);
    expect(seqs).toEqual(Array.from({ length: 41 }, (_, n) => 41 - n));
  });

  it("tells the plan on demand, and runs nothing", async () => {
    const told = await json<{ plan: { detail: string }[]; steps: number }>(
      query("SELECT count(*) FROM logs WHERE service = 'sql-web'", { explain: true }),
    );
    expect(told.plan.map(({ detail }) => detail).join("\n")).toMatch(/SEARCH r USING PRIMARY KEY \(service_id=\?/);
    expect(told.steps).toBeGreaterThan(0);
    expect(await json(query("EXPLAIN QUERY PLAN SELECT 1 FROM logs"))).toHaveProperty("plan");
  });
});

describe("docs/sql.md", () => {
  const blocks = (language: string): string[] =>
    [...DOCUMENT.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text]) => text!);

  it.each(blocks("sql"))("shows a statement that runs: %s", async (sql) => {
    expect((await answer(sql)).columns.length).toBeGreaterThan(0);
  });

  it("shows a form that becomes one", async () => {
    const form = blocks("json").find((text) => text.includes('"measures"'))!;
    const { sql } = await json<{ sql: string }>(post("/api/sql/build", form, { "Content-Type": "application/json" }));
    expect((await answer(sql)).columns.map(({ name }) => name)).toEqual(["hour", "endpoint", "count", "p95"]);
  });

  it("names every table and every code", async () => {
    for (const { name } of VIEWS) expect(DOCUMENT).toContain(`| \`${name}\` |`);
    for (const code of ["sql_refused", "invalid_sql", "query_too_expensive", "budget_spent", "query_timeout"])
      expect(DOCUMENT).toContain(`| \`${code}\` |`);
  });
});

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
  });

  it("has at most 98 columns", async () => {
    const columns = (count: number) => `SELECT ${Array.from({ length: count }, (_, n) => n).join(", ")}`;
    expect((await answer(columns(98))).rows[0]).toHaveLength(98);
    expect(await refusalOf(columns(99))).toMatchObject({ code: "sql_refused" });
  });
});

const refusalOf = async (sql: string): Promise<Refused["error"]> => {
  const response = await query(sql);
  expect(response.status).toBe(400);
  return ((await response.json()) as Refused).error;
};

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
  expect(results[0]?.n).toBe(43);
});

it("GET /api/sql/schema tells tables, columns, what they hold, and examples", async () => {
  const schema = await json<{ tables: { name: string; columns: { name: string; about: string }[] }[] }>(
    ask("/api/sql/schema"),
  );
  expect(schema.tables.map(({ name }) => name)).toEqual([
    "logs",
    "web_logs",
    "minutes",
    "services",
    "batches",
    "segments",
  ]);
  for (const { columns } of schema.tables) for (const { about } of columns) expect(about).not.toBe("");
});
