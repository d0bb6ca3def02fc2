import { Hono } from "hono";
import * as v from "valibot";
import { auditBefore } from "../auth/audit.ts";
import { requireAdmin } from "../auth/require.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { validQuery } from "../validate.ts";

const number = (max: number) => v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(max));
const query = v.object({
  limit: v.optional(number(1_000), "100"),
  cursor: v.optional(number(Number.MAX_SAFE_INTEGER), String(Number.MAX_SAFE_INTEGER)),
});

const described = describe({
  tag: "Keys and people",
  summary: "Who did what when, newest first.",
  example: { after: "POST /api/keys", query: { limit: "10" } },
  answer: { entries: [{ action: "key.create" }], cursor: null },
});

/** GET /api/audit: who did what when, newest first; `cursor` of an answer asks for what came before. */
export const audit = new Hono<AppEnv>().use(requireAdmin).get("/", described, validQuery(query), async (c) => {
  const { limit, cursor } = c.req.valid("query");
  const entries = await auditBefore(c.env, cursor, limit);
  return c.json({ entries, cursor: entries.length === limit ? String(entries.at(-1)!.id) : null });
});
