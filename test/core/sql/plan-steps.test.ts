import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { plainSql } from "../../../core/sql/bounded-sql.ts";
import { buildSql } from "../../../core/sql/build-sql.ts";
import { guardSql } from "../../../core/sql/guard-sql.ts";
import { type PlanRow, planSteps } from "../../../core/sql/plan-steps.ts";
import { VIEW_NAMES } from "../../../core/sql/views/registry.ts";

const { DB } = env as unknown as { DB: D1Database };
const SCOPE = { fromMs: 0, toMs: 1e15, service: undefined };
const RECORDS = 1_000_000;
const SIZES = { services: 10, records: RECORDS };

/** The statement of a form with that filter. */
function built(q: string): string {
  const where = parseFilter(q);
  const sql = where.ok && buildSql({ from: "logs", where: where.value }, 0);
  if (!sql || sql.ok === false) throw new Error(q);
  return sql.value;
}

async function stepsOf(sql: string): Promise<number> {
  const guarded = guardSql(sql, VIEW_NAMES);
  if (!guarded.ok) throw new Error(guarded.detail);
  const bound = plainSql(guarded.value, SCOPE, "plan");
  const { results } = await DB.prepare(bound.sql)
    .bind(...bound.params)
    .all<PlanRow>();
  return planSteps(results, SIZES, guarded.value.listItems);
}

describe("planSteps foresees what a statement over a million records goes through", () => {
  it.each([
    ["nothing", "SELECT 1", 1, 10],
    ["the services", "SELECT service FROM services", 10, 20],
    ["each record once", "SELECT count(*) FROM logs", RECORDS, 10 * RECORDS],
    ["each record of a service", "SELECT * FROM logs WHERE service = 'web'", RECORDS, 10 * RECORDS],
    ["each record by two names", "SELECT 1 FROM logs UNION ALL SELECT 2 FROM web_logs", 2 * RECORDS, 3 * RECORDS],
    ["groups", "SELECT path, count(*) AS n FROM logs GROUP BY path ORDER BY n DESC", RECORDS, 3 * RECORDS],
    ["windows", "SELECT seq, lag(seq) OVER (PARTITION BY service ORDER BY seq) FROM logs", RECORDS, 4 * RECORDS],
    ["records beside services", "SELECT 1 FROM services a, logs", 10 * RECORDS, 12 * RECORDS],
    ["attributes of records", "SELECT j.key FROM logs, json_each(logs.attrs) AS j", 50 * RECORDS, 60 * RECORDS],
    ["a list of a sub-select", "SELECT 1 FROM logs WHERE path IN (SELECT path FROM logs)", 2 * RECORDS, 3 * RECORDS],
    [
      "groups joined by what they share",
      "WITH a AS (SELECT path, count(*) AS n FROM logs GROUP BY 1), b AS (SELECT path, max(bytes) AS m FROM web_logs GROUP BY 1) SELECT * FROM a JOIN b ON a.path = b.path",
      RECORDS,
      200 * RECORDS,
    ],
    ["records joined by anything", "SELECT count(*) FROM logs a, logs b", RECORDS ** 2, 10 * RECORDS ** 2],
    [
      "records joined by what has no order",
      "SELECT count(*) FROM logs a JOIN logs b ON a.path = b.path",
      RECORDS ** 2,
      10 * RECORDS ** 2,
    ],
    [
      "a sub-select for each record",
      "SELECT (SELECT count(*) FROM logs b WHERE b.path = a.path) FROM logs a",
      RECORDS ** 2,
      10 * RECORDS ** 2,
    ],
    [
      "common tables joined by anything",
      "WITH a AS MATERIALIZED (SELECT path FROM logs) SELECT count(*) FROM a, a AS b",
      RECORDS ** 2,
      10 * RECORDS ** 2,
    ],
    ["lists that are written out", "SELECT 1 FROM json_each('[1,2]') a, json_each('[1,2,3]') b", 6, 100],
    [
      "lists of lists that are made",
      "SELECT count(*) FROM json_each('['||'1]') a, json_each('[1]') b, json_each('[1]') c",
      RECORDS ** 2,
      1_000 * RECORDS ** 2,
    ],
    [
      "records of which another is looked for",
      "SELECT count(*) FROM logs a WHERE EXISTS (SELECT 1 FROM logs b WHERE b.path = a.path)",
      RECORDS ** 2,
      10 * RECORDS ** 2,
    ],
    ["conditions on attributes", built("tags:red cart.total:>5 has:order -retry:true"), RECORDS, 100 * RECORDS],
  ])("%s", async (_name, sql, low, high) => {
    const steps = await stepsOf(sql);
    expect(steps).toBeGreaterThanOrEqual(low);
    expect(steps).toBeLessThanOrEqual(high);
  });

  it("values as many times as there are of them", async () => {
    const values = (count: number) => `(VALUES ${Array.from({ length: count }, (_, n) => `(${n})`).join(", ")})`;
    const cross = await stepsOf(`SELECT count(*) FROM ${values(100)} a, ${values(50)} b, ${values(200)} c`);
    expect(cross).toBeGreaterThanOrEqual(1_000_000);
    expect(cross).toBeLessThan(3_000_000);
    const unions = `(SELECT 1 AS x UNION ALL SELECT 2 UNION ALL SELECT 3)`;
    expect(await stepsOf(`SELECT count(*) FROM ${unions} a, ${unions} b`)).toBeGreaterThanOrEqual(9);
  });
});
