import { Hono } from "hono";
import * as v from "valibot";
import { any } from "../../core/ingest/any.ts";
import { serviceSettings } from "../../core/settings.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { dryRun } from "../ingest/dry-run.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName } from "../query/question.ts";
import { validJson } from "../validate.ts";
import { checkParser } from "./services.ts";

/** Enough for a stack trace; whoever has a file sends it with `?dry=1`. */
export const MAX_TRIED_CHARS = 64_000;
const MAX_TRIED_LINES = 200;

const body = v.strictObject({
  service: v.string(),
  /** As a sender would send them. */
  lines: v.pipe(v.string(), v.nonEmpty("at least one line"), v.maxLength(MAX_TRIED_CHARS)),
  /** Instead of the service's own: what a change of them would do. */
  settings: v.optional(serviceSettings),
});

const described = describe({
  tag: "Send",
  summary: "What lines would become under the settings of a service, or under others. Nothing is stored.",
  example: { body: { service: "web", lines: 'level=info msg="user signed in" ms=12' } },
  answer: { records: [{ level: "info", message: "user signed in" }], recognised: "logfmt", dropped: {}, refused: [] },
});

/** POST /api/try: a dry run for those who may read, as `POST /ingest/:service?dry=1` is for those who may send. */
export const tryLines = new Hono<AppEnv>().post("/", described, validJson(body), async (c) => {
  // It changes nothing, and reads nothing that the one who asks did not bring.
  c.set("isAudited", true);
  const { service, lines, settings } = c.req.valid("json");
  checkServiceName(service);
  if (settings) checkParser(settings);
  const nowMs = Date.now();
  const decoded = any.decode({
    method: "POST",
    path: `/${service}`,
    query: () => undefined,
    header: () => undefined,
    nowMs,
    body: new TextEncoder().encode(lines),
  });
  if (!decoded.ok) throw new ApiError(decoded.reason, decoded.detail);
  const { batches } = decoded.value;
  if (batches.some(({ entries }) => entries.length > MAX_TRIED_LINES))
    throw new ApiError("too_many_lines", `${MAX_TRIED_LINES} lines may be tried at once; send a file with ?dry=1`);
  return c.json(await dryRun(c.env, decoded.value, nowMs, settings));
});
