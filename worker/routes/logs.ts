import { Hono } from "hono";
import * as v from "valibot";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { placeOf } from "../query/cursor.ts";
import { findRecords } from "../query/find-records.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { validQuery } from "../validate.ts";

const MAX_LIMIT = 5_000;

const query = v.object({
  ...questionQuery,
  limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MAX_LIMIT)), "100"),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(500))),
  order: v.optional(v.picklist(["newest", "oldest", "desc", "asc"]), "newest"),
});

const described = describe({
  tag: "Ask",
  summary: "Records of a range, newest first unless asked otherwise, with a cursor that new records do not move.",
  example: { query: { service: "web", from: "0", q: "status:200", limit: "2" } },
  answer: {
    records: [{ service: "web", seq: 1, time: "2026-11-22T10:00:00.000Z", path: "/cart", status: 200 }],
    scanned: 1,
  },
});

/** GET /api/logs: records of a range, newest first unless asked otherwise, with a cursor that new records do not move. */
export const logs = new Hono<AppEnv>().get("/", described, validQuery(query), async (c) => {
  const nowMs = Date.now();
  const { limit, cursor, order, ...raw } = c.req.valid("query");
  return c.json(
    await findRecords(
      c.env,
      {
        ...questionOf(raw, nowMs),
        limit,
        order: order === "oldest" || order === "asc" ? "oldest" : "newest",
        after: cursor === undefined || cursor === "" ? undefined : placeOf(cursor),
      },
      nowMs,
    ),
  );
});
