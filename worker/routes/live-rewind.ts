import { Hono } from "hono";
import * as v from "valibot";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { rewind } from "../query/rewind.ts";
import { validQuery } from "../validate.ts";

const MAX_LIMIT = 5_000;

const query = v.object({
  ...questionQuery,
  service: v.string(),
  from: v.optional(v.string(), "-15m"),
  limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MAX_LIMIT)), "500"),
});

const described = describe({
  tag: "Live",
  summary:
    "What a service received in a range of the last 15 minutes, by the time of receipt, from memory: costs no query.",
  example: { query: { service: "web", q: "status:200", limit: "2" } },
  answer: { records: [{ service: "web", seq: 1, path: "/cart" }], scanned: 1 },
});

/** GET /api/live/rewind: what was received in a range of the last 15 minutes, from the streams' memory. */
export const liveRewind = new Hono<AppEnv>().get("/", described, validQuery(query), async (c) => {
  const nowMs = Date.now();
  const { limit, ...raw } = c.req.valid("query");
  const { fromMs, toMs, filter } = questionOf(raw, nowMs);
  return c.json(await rewind(c.env, raw.service, { fromMs, toMs }, filter, limit, nowMs));
});
