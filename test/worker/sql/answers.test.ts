import { beforeAll, describe, expect, it } from "vitest";
import { VIEWS } from "../../../core/sql/views/registry.ts";
import DOCUMENT from "../../../docs/sql.md?raw";
import { accessLine, ask, json, post, settled } from "../ask.ts";
import { answer, fill, query, rows } from "./statements.ts";

beforeAll(fill);

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
