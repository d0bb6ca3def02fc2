import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { boundedSql, plainSql } from "../../../core/sql/bounded-sql.ts";
import { buildSql, MEASURES, type QueryForm } from "../../../core/sql/build-sql.ts";
import { guardSql } from "../../../core/sql/guard-sql.ts";
import { VIEW_NAMES, VIEWS } from "../../../core/sql/views/registry.ts";
import { filter } from "../query/arbitraries/filter.ts";
import { NOW_MS } from "../query/arbitraries/values.ts";
import { question, SERVICE_ROWS, type Statement, seqsByPredicate, storing } from "../query/stored.ts";

const { DB } = env as unknown as { DB: D1Database };
const prepare = ([sql, ...params]: Statement) => DB.prepare(sql).bind(...params);
const SCOPE = { fromMs: -1e15, toMs: 1e15, service: undefined };

const filterOf = (q: string) => {
  const parsed = parseFilter(q);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.value;
};

const built = (form: QueryForm): string => {
  const sql = buildSql(form, NOW_MS);
  if (!sql.ok) throw new Error(sql.detail);
  return sql.value;
};

async function run(sql: string, columns: number): Promise<Record<string, unknown>[]> {
  const guarded = guardSql(sql, VIEW_NAMES);
  if (!guarded.ok) throw new Error(`${guarded.detail}: ${sql}`);
  const bound = boundedSql(guarded.value, SCOPE, { columns, maxRows: 1_000, maxBytes: 1e7 });
  const { results } = await DB.prepare(bound.sql)
    .bind(...bound.params)
    .all();
  return results;
}

beforeAll(async () => {
  await DB.batch(
    SERVICE_ROWS.map(
      ([_sql, id, name]) =>
        [
          "INSERT OR REPLACE INTO services (id, name, first_seen_ms, last_seen_ms, records) VALUES (?1, ?2, 0, 0, 0)",
          id!,
          name!,
        ] as Statement,
    ).map(prepare),
  );
});

describe("buildSql", () => {
  it("writes a statement that a person can go on with", () => {
    expect(
      built({
        from: "web_logs",
        where: filterOf("status:>=500 -path:/healthz"),
        groupBy: ["hour", "endpoint"],
        measures: [
          { of: "count" },
          { of: "avg", column: "response_time_ms", as: "avg ms" },
          { of: "distinct", column: "ip" },
        ],
        orderBy: [{ column: "count", descending: true }, { column: "hour" }],
        limit: 10,
      }),
    ).toBe(`SELECT substr(ts, 1, 13) AS "hour", "endpoint", count(*) AS "count", avg("response_time_ms") AS "avg ms", count(DISTINCT "ip") AS "distinct_ip"
FROM web_logs AS r
WHERE (r."status" >= 500 AND (r."path" = '/healthz' COLLATE NOCASE) IS NOT TRUE)
GROUP BY 1, 2
ORDER BY "count" DESC, "hour"
LIMIT 10`);
  });

  it("finds with a filter what the filter finds, for any filter and any records", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(question, async ([stored, asked]) => {
        await DB.batch(storing(stored).map(prepare));
        const sql = built({ from: "logs", columns: ["seq"], where: asked, orderBy: [{ column: "seq" }] });
        const guarded = guardSql(sql, VIEW_NAMES);
        if (!guarded.ok) {
          expect(["too_many_tables", "statement_too_long"]).toContain(guarded.reason);
          return;
        }
        compared++;
        expect((await run(sql, 1)).map(({ c0 }) => c0)).toEqual(seqsByPredicate(asked, stored));
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(40);
  }, 60_000);

  const anyForm = fc.constantFrom(...VIEWS).chain((view) => {
    const name = fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...view.columns.map((column) => column.name)) },
      { weight: 1, arbitrary: fc.constantFrom("hour", "x", 'a"b', "drop", "") },
    );
    return fc.record(
      {
        from: fc.constant(view.name),
        columns: fc.array(name, { maxLength: 3 }),
        where: filter,
        groupBy: fc.array(name, { maxLength: 3 }),
        measures: fc.array(
          fc.record(
            { of: fc.constantFrom(...MEASURES), column: name, as: fc.oneof(name, fc.string()) },
            { requiredKeys: ["of"] },
          ),
          { maxLength: 3 },
        ),
        orderBy: fc.array(fc.record({ column: name, descending: fc.boolean() }), { maxLength: 2 }),
        limit: fc.integer({ min: 1, max: 10 }),
      },
      { requiredKeys: ["from"] },
    );
  });

  it("writes nothing that the guard does not let through and D1 does not run, whatever is asked", async () => {
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(anyForm, async (form) => {
        const sql = buildSql(form, NOW_MS);
        if (!sql.ok) {
          expect(["unknown_table", "unknown_column", "name_taken"]).toContain(sql.reason);
          return;
        }
        const guarded = guardSql(sql.value, VIEW_NAMES);
        if (!guarded.ok) {
          expect(["too_many_tables", "statement_too_long"]).toContain(guarded.reason);
          return;
        }
        ran++;
        expect(guarded.value.tables).toEqual([form.from]);
        const bound = plainSql(guarded.value, SCOPE, "columns");
        await DB.prepare(bound.sql)
          .bind(...bound.params)
          .all();
      }),
      { numRuns: 300 },
    );
    expect(ran).toBeGreaterThan(30);
  }, 60_000);

  it("counts percentiles exactly", async () => {
    const values = Array.from({ length: 101 }, (_, n) => `(${n})`).join(", ");
    const measure = (of: "p50" | "p95") =>
      built({ from: "logs", measures: [{ of, column: "duration_ms", as: "x" }] }).replace(
        "FROM logs",
        `FROM (SELECT column1 AS duration_ms FROM (VALUES ${values}, (NULL)))`,
      );
    expect(await run(measure("p50"), 1)).toMatchObject([{ c0: 50 }]);
    expect(await run(measure("p95"), 1)).toMatchObject([{ c0: 95 }]);
  });

  it.each<[string, QueryForm, string]>([
    ["a table that there is not", { from: "secrets" }, "from: 'secrets' is not one of logs"],
    ["a column that there is not", { from: "logs", columns: ["pass"] }, "'pass' is no column of logs"],
    ["a measure of nothing", { from: "logs", measures: [{ of: "sum" }] }, "measures: sum of which column?"],
    [
      "a name twice",
      { from: "logs", groupBy: ["path"], measures: [{ of: "count", as: "PATH" }] },
      "'PATH' is asked for twice",
    ],
    [
      "an order by what is not there",
      { from: "logs", groupBy: ["path"], orderBy: [{ column: "ip" }] },
      "orderBy: 'ip' is not in the answer",
    ],
    [
      "a filter on what the table has not",
      { from: "services", where: filterOf("path:/x") },
      "where: services has no column for 'path'",
    ],
    [
      "a word where there is no text",
      { from: "minutes", where: filterOf("timeout") },
      "where: minutes has no column for 'timeout'",
    ],
    ["a span of a table without time", { from: "services", groupBy: ["hour"] }, "'hour' is no column of services"],
  ])("refuses %s", (_name, form, detail) => {
    const refused = buildSql(form, NOW_MS);
    expect(refused.ok).toBe(false);
    expect(!refused.ok && refused.detail).toContain(detail);
  });
});
