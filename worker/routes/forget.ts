import { Hono } from "hono";
import * as v from "valibot";
import { type Forgotten, forget } from "../archive/forget/forget.ts";
import { audit } from "../auth/audit.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { filterOf } from "../query/question.ts";
import { validJson } from "../validate.ts";
import { knownServices } from "./archive.ts";

/** Of one request: a filter that finds a tenth of ten million archived records rewrites all of their segments. */
const WITHIN_MS = 20_000;

const body = v.strictObject({
  /** Every service where absent. */
  service: v.optional(v.string()),
  q: v.pipe(v.string(), v.nonEmpty(), v.maxLength(8_000)),
  /** Stands in the audit and in the archive's log for ever: a number of a request, not a name. */
  reason: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
});

const described = describe({
  tag: "Operations",
  summary:
    "Deletes what a filter finds everywhere: rows, archive, statistics. There is no way back. Ask again while hasMore says so.",
  example: { body: { service: "web", q: "user_id:no-such-person", reason: "request 42" } },
  answer: { services: [{ service: "web", rows: 0, archived: 0, onTheirWay: 0 }], hasMore: false },
});

/** POST /api/forget {"service"?, "q", "reason"}: a person's records deleted everywhere, with how many there were. */
export const forgetRoute = new Hono<AppEnv>().post("/", described, validJson(body), async (c) => {
  const { service, q, reason } = c.req.valid("json");
  const filter = filterOf(q);
  if (filter.kind === "all")
    throw new ApiError("invalid_request", "q: a filter that finds everything is no reason to forget", {
      issues: [{ path: "q", message: "names what to forget" }],
    });
  const services: Forgotten[] = [];
  const untilMs = Date.now() + WITHIN_MS;
  let hasMore = false;
  for (const each of await knownServices(c.env, service)) {
    const done = await forget(c.env, each, { filter, reason, nowMs: Date.now(), untilMs });
    services.push(done);
    hasMore ||= done.hasMore === true;
  }
  const sum = (of: (done: Forgotten) => number): number => services.reduce((total, done) => total + of(done), 0);
  const detail = { reason, rows: sum(({ rows }) => rows), archived: sum(({ archived }) => archived) };
  // Not the filter: it may name the person.
  await audit(c, { action: "records.forget", target: service ?? "", detail });
  return c.json({ services, hasMore });
});
