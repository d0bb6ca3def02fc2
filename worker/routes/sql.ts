import { Hono } from "hono";
import * as v from "valibot";
import type { ViewScope } from "../../core/sql/bounded-sql.ts";
import { MAX_SQL_CHARS } from "../../core/sql/guard-sql.ts";
import { sqlSchema } from "../../core/sql/sql-schema.ts";
import { audit } from "../auth/audit.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { questionOf } from "../query/question.ts";
import { MAX_ROWS, runSql } from "../sql/run-sql.ts";
import { validJson } from "../validate.ts";

const body = v.strictObject({
  sql: v.string("a statement"),
  /** What the tables show; without it, everything. */
  service: v.optional(v.string()),
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ROWS)), MAX_ROWS),
  explain: v.optional(v.boolean(), false),
});

const schema = describe({
  tag: "Ask",
  summary: "Tables and columns that SQL may read, with its limits.",
  example: {},
  answer: { tables: [{ name: "records" }] },
});
const run = describe({
  tag: "Ask",
  summary: "One reading statement, with limits on rows and time.",
  example: { body: { sql: "SELECT count(*) AS records FROM logs", service: "web" } },
  answer: { columns: [{ name: "records" }], rows: [[1]] },
});

/**
 * POST /api/sql: one reading statement over the tables of GET /api/sql/schema.
 */
export const sql = new Hono<AppEnv>()
  .get("/schema", schema, (c) => c.json(sqlSchema({ maxRows: MAX_ROWS, maxChars: MAX_SQL_CHARS })))
  .post("/", run, validJson(body), async (c) => {
    const { sql: text, service, from, to, limit, explain } = c.req.valid("json");
    await audit(c, { action: "sql.run", target: service, detail: { sql: text, from, to, explain } });
    return c.json(await runSql(c.env, { sql: text, scope: scopeOf(service, from, to), maxRows: limit, explain }));
  });

function scopeOf(service: string | undefined, from: string | undefined, to: string | undefined): ViewScope {
  return questionOf({ service, from: from ?? "0", to, q: "" }, Date.now());
}
