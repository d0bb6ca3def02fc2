import { Hono } from "hono";
import * as v from "valibot";
import type { ViewScope } from "../../core/sql/bounded-sql.ts";
import { buildSql, MEASURES } from "../../core/sql/build-sql.ts";
import { MAX_SQL_CHARS } from "../../core/sql/guard-sql.ts";
import { sqlSchema } from "../../core/sql/sql-schema.ts";
import { audit } from "../auth/audit.ts";
import { checkDay, noteSpent } from "../budget/check-budget.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { filterOf, questionOf } from "../query/question.ts";
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

const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(64));
const names = v.pipe(v.array(name), v.maxLength(50));
const form = v.strictObject({
  from: name,
  columns: v.optional(names),
  /** The filter language. */
  where: v.optional(v.pipe(v.string(), v.maxLength(8_000))),
  /** Columns, or spans of time: year, month, day, hour, minute, second. */
  groupBy: v.optional(names),
  measures: v.optional(
    v.pipe(
      v.array(v.strictObject({ of: v.picklist(MEASURES), column: v.optional(name), as: v.optional(name) })),
      v.maxLength(40),
    ),
  ),
  orderBy: v.optional(
    v.pipe(v.array(v.strictObject({ column: name, descending: v.optional(v.boolean()) })), v.maxLength(20)),
  ),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ROWS))),
});

const schema = describe({
  tag: "Ask",
  summary: "Tables and columns that SQL may read, with its limits.",
  example: {},
  answer: { tables: [{ name: "logs" }] },
});
const run = describe({
  tag: "Ask",
  summary: "One reading statement, with limits on rows and time.",
  example: { body: { sql: "SELECT count(*) AS records FROM logs", service: "web" } },
  answer: { columns: [{ name: "records" }], rows: [[1]] },
});

const build = describe({
  tag: "Ask",
  summary: "The statement that a form means: what to count, by what, of which records.",
  example: {
    body: {
      from: "web_logs",
      where: "status:>=200",
      groupBy: ["hour", "endpoint"],
      measures: [{ of: "count" }, { of: "avg", column: "response_time_ms", as: "avg_ms" }],
      orderBy: [{ column: "count", descending: true }],
      limit: 10,
    },
  },
  answer: { sql: "SELECT …" },
});

/**
 * POST /api/sql: one reading statement over the tables of GET /api/sql/schema. POST /api/sql/build: the statement
 * that a form means, to be run or to go on with.
 */
export const sql = new Hono<AppEnv>()
  .get("/schema", schema, (c) => c.json(sqlSchema({ maxRows: MAX_ROWS, maxChars: MAX_SQL_CHARS })))
  .post("/build", build, validJson(form), (c) => {
    const { where, ...rest } = c.req.valid("json");
    const filter = where === undefined || where.trim() === "" ? undefined : filterOf(where);
    const built = buildSql({ ...rest, where: filter }, Date.now());
    if (!built.ok) throw new ApiError("invalid_request", built.detail);
    // Nothing was changed or read: there is nothing to write down.
    c.set("isAudited", true);
    return c.json({ sql: built.value });
  })
  .post("/", run, validJson(body), async (c) => {
    const { sql: text, service, from, to, limit, explain } = c.req.valid("json");
    const { requestDollars } = await checkDay(c, Date.now());
    await audit(c, { action: "sql.run", target: service, detail: { sql: text, from, to, explain } });
    const question = {
      sql: text,
      scope: scopeOf(service, from, to),
      maxRows: limit,
      explain,
      maxDollars: requestDollars,
    };
    const answer = await runSql(c.env, question);
    if ("rowsRead" in answer) noteSpent(c, { rows: answer.rowsRead });
    return c.json(answer);
  });

function scopeOf(service: string | undefined, from: string | undefined, to: string | undefined): ViewScope {
  return questionOf({ service, from: from ?? "0", to, q: "" }, Date.now());
}
