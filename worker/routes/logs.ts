import { Hono } from "hono";
import * as v from "valibot";
import { checkBudget, noteSpent } from "../budget/check-budget.ts";
import { budgetState } from "../budget/query-budget.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { placeOf } from "../query/cursor.ts";
import { findRecords, type RecordsQuestion } from "../query/find-records.ts";
import { lineStream } from "../query/line-stream.ts";
import { preflight } from "../query/preflight.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { streamedRecords } from "../query/streamed-records.ts";
import { validQuery } from "../validate.ts";

const MAX_LIMIT = 5_000;

const limit = v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MAX_LIMIT));
const query = v.object({
  ...questionQuery,
  limit: v.optional(limit, "100"),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(500))),
  /** `1`: lines of JSON, each record as soon as it is found, with how far the search has come; the last line has the rest. */
  stream: v.optional(v.picklist(["0", "1"]), "0"),
  order: v.optional(v.picklist(["newest", "oldest", "desc", "asc"]), "newest"),
});

const preflightQuery = v.object({ ...questionQuery, limit: v.optional(limit) });

const preflightDescribed = describe({
  tag: "Ask",
  summary:
    "What a question would touch: records, rows, objects and bytes to be read at most, with what that costs, and whether it may.",
  example: { query: { service: "web", from: "0", q: "status:200" } },
  answer: {
    records: 1,
    tiers: { memory: { records: 0 }, database: { rows: 1 }, archive: { objects: 0, bytes: 0 } },
    rowsToRead: 1,
    bytesToRead: 0,
    costDollars: 0.000000001,
    isAllowed: true,
  },
});
const described = describe({
  tag: "Ask",
  summary: "Records of a range, newest first unless asked otherwise, with a cursor that new records do not move.",
  example: { query: { service: "web", from: "0", q: "status:200", limit: "2" } },
  answer: {
    records: [{ service: "web", seq: 1, time: "2026-11-22T10:00:00.000Z", path: "/cart", status: 200 }],
    scanned: 1,
    skipped: 0,
  },
});

/**
 * GET /api/logs: records of a range, newest first unless asked otherwise, with a cursor that new records do not move.
 * GET /api/logs/preflight: what that would read, before it does.
 */
export const logs = new Hono<AppEnv>()
  .get("/", described, validQuery(query), async (c) => {
    const nowMs = Date.now();
    const { limit, cursor, order, stream, ...raw } = c.req.valid("query");
    const question = questionOf(raw, nowMs);
    await checkBudget(c, question, limit);
    const asked: RecordsQuestion = {
      ...question,
      limit,
      order: order === "oldest" || order === "asc" ? "oldest" : "newest",
      after: cursor === undefined || cursor === "" ? undefined : placeOf(cursor),
    };
    if (stream === "1") {
      const onEnd = (rows: number) => noteSpent(c, { rows });
      return c.body(await lineStream(streamedRecords(c.env, asked, nowMs, onEnd)), 200, {
        "Content-Type": "application/x-ndjson; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      });
    }
    const found = await findRecords(c.env, asked, nowMs);
    noteSpent(c, { rows: found.scanned });
    return c.json(found);
  })
  .get("/preflight", preflightDescribed, validQuery(preflightQuery), async (c) => {
    const nowMs = Date.now();
    const { limit, ...raw } = c.req.valid("query");
    const found = await preflight(c.env, questionOf(raw, nowMs), limit, nowMs);
    const budget = await budgetState(c.env, nowMs);
    const isAllowed = found.costDollars <= budget.requestDollars && budget.spentDollars < budget.dayDollars;
    return c.json({ ...found, budget, isAllowed });
  });
