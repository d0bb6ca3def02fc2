import { env } from "cloudflare:workers";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { ROW_COLUMNS, STORED_COLUMNS } from "../../core/row.ts";
import * as control from "../../migrations/control.ts";
import * as logs from "../../migrations/schema.ts";

const { DB, CONTROL } = env as unknown as { DB: D1Database; CONTROL: D1Database };

it.each([
  ...Object.values(logs).map((table) => [getTableConfig(table).name, DB, table] as const),
  ...Object.values(control).map((table) => [getTableConfig(table).name, CONTROL, table] as const),
])("has the table %s with the columns of its definition", async (name, database, table) => {
  const { results } = await database.prepare(`SELECT name FROM pragma_table_info('${name}')`).all<{ name: string }>();
  expect(results.map((column) => column.name)).toEqual(getTableConfig(table).columns.map((column) => column.name));
});

it("stores a record's cells in the order in which they travel", () => {
  const columns = getTableConfig(logs.records).columns.map(({ name }) => name);
  expect(columns.filter((name) => !["service_id", "shard", "seq"].includes(name)).sort()).toEqual(
    [...new Set([...ROW_COLUMNS, ...STORED_COLUMNS])].sort(),
  );
});

it.each(["records", "summaries", "rollups", "hour_minutes", "ledger", "segments", "segment_log", "seals", "forgotten"])(
  "writes one row an insert into %s: it has no rowid and no second index",
  async (name) => {
    const { results } = await DB.prepare("SELECT sql FROM sqlite_schema WHERE name = ?")
      .bind(name)
      .all<{ sql: string }>();
    expect(results[0]?.sql).toMatch(/WITHOUT ROWID$/);
    const indexes = await DB.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    )
      .bind(name)
      .all();
    expect(indexes.results).toEqual([]);
  },
);

it("keeps the audit as it was written", async () => {
  const insert =
    "INSERT INTO audit (at_ms, actor, action, target, detail, request_id) VALUES (?, 'a', 'b', 'c', '{}', 'd')";
  const yearsAgoMs = Date.now() - 500 * 86_400_000;
  await CONTROL.batch([CONTROL.prepare(insert).bind(Date.now()), CONTROL.prepare(insert).bind(yearsAgoMs)]);
  await expect(CONTROL.prepare("UPDATE audit SET actor = 'x'").run()).rejects.toThrow("append-only");
  await expect(CONTROL.prepare("DELETE FROM audit WHERE at_ms > ?").bind(yearsAgoMs).run()).rejects.toThrow(
    "append-only",
  );
  const forgotten = await CONTROL.prepare("DELETE FROM audit WHERE at_ms = ?").bind(yearsAgoMs).run();
  expect(forgotten.meta.changes).toBe(1);
});
