import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./env.ts";
import { ApiError } from "./errors.ts";
import { readAll } from "./ingest/read-body.ts";

/** What people and programs ask and set; lines come in by other ways. */
export const MAX_QUESTION_BYTES = 1_000_000;
const MAX_QUESTION_MS = 30_000;

/**
 * Reads the body of an API request, which is short and JSON. What is not called JSON is refused here: without its type it would
 * count as an empty object, and a PUT of that resets what it was meant to set.
 */
export const smallBody = createMiddleware<AppEnv>(async (c, next) => {
  const { method, raw } = c.req;
  if (method === "GET" || method === "HEAD" || raw.body === null) return next();
  const body = await readAll(raw, MAX_QUESTION_BYTES, MAX_QUESTION_MS);
  if (body.length > 0 && !/^application\/(?:[\w.-]+\+)?json\b/i.test(c.req.header("Content-Type") ?? ""))
    throw new ApiError("unsupported_media_type", "send the body as Content-Type: application/json");
  c.req.raw = new Request(raw, { body });
  await next();
});
