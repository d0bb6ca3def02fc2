import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainSql } from "../../../core/sql/bounded-sql.ts";
import { guardSql } from "../../../core/sql/guard-sql.ts";
import { VIEW_NAMES, VIEWS } from "../../../core/sql/views/registry.ts";
import { statementOver } from "./statements.ts";

const { DB } = env as unknown as { DB: D1Database };
const SCOPE = { fromMs: 0, toMs: 1e15, service: "web" };

/** What the views are made of. */
const STORED = ["services", "records", "user_agents", "summaries", "ledger", "segments"];

async function openedBy(sql: string): Promise<string[] | undefined> {
  const guarded = guardSql(sql, VIEW_NAMES);
  if (!guarded.ok) return undefined;
  const bound = plainSql(guarded.value, SCOPE, "columns");
  const { results: roots } = await DB.prepare("SELECT tbl_name AS name, rootpage FROM sqlite_schema").all<{
    name: string;
    rootpage: number;
  }>();
  const nameOf = new Map(roots.map(({ name, rootpage }) => [rootpage, name]));
  const program = await DB.prepare(`EXPLAIN ${bound.sql}`)
    .bind(...bound.params)
    .all<{ opcode: string; p2: number }>()
    .catch(() => undefined);
  return program?.results
    .filter(({ opcode }) => /^(?:OpenRead|OpenWrite|ReopenIdx|Clear|Destroy)$/.test(opcode))
    .map(({ opcode, p2 }) =>
      opcode === "OpenRead" || opcode === "ReopenIdx" ? (nameOf.get(p2) ?? `page ${p2}`) : opcode,
    );
}

describe("the tables of the SQL console", () => {
  it("open the stored tables for reading and nothing else, whatever is asked of them", async () => {
    const names = [
      ...VIEW_NAMES,
      "records",
      "main.records",
      "summaries",
      "user_agents",
      "segment_log",
      "sqlite_schema",
      '"weir answer"',
    ];
    let opened = 0;
    for (const sql of fc.sample(statementOver(...names, "logs", "services", "web_logs"), 400)) {
      const tables = await openedBy(sql);
      if (!tables) continue;
      opened++;
      expect(STORED).toEqual(expect.arrayContaining(tables));
    }
    expect(opened).toBeGreaterThan(20);
  }, 60_000);

  it.each(VIEWS.map((view) => [view.name, view] as const))(
    "%s reads nothing of what is not asked for",
    async (name) => {
      expect(await openedBy(`SELECT 1 FROM ${name}`)).not.toContain("user_agents");
    },
  );

  it.each([
    ["a common table named as a stored one", "WITH records AS (SELECT 1 AS a) SELECT a FROM records, logs LIMIT 1"],
    [
      "one named as what the views are joined by",
      "WITH s AS (SELECT 'x' AS name), r AS (SELECT 1 AS ts_ms) SELECT name FROM s, r, logs",
    ],
  ])("do not mistake %s for it", async (_name, sql) => {
    const tables = await openedBy(sql);
    expect(tables).toContain("records");
    expect(STORED).toEqual(expect.arrayContaining(tables!));
  });

  it("have names that are theirs alone, and columns with words about them", () => {
    expect(VIEW_NAMES.size).toBe(VIEWS.length);
    for (const { columns, examples } of VIEWS) {
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
      expect(columns.every(({ about }) => about.length > 3)).toBe(true);
      expect(examples.length).toBeGreaterThan(0);
    }
  });
});
