import { createMiddleware } from "hono/factory";
import { keyOf } from "./auth/key-of.ts";
import type { AppEnv } from "./env.ts";
import { ApiError } from "./errors.ts";
import { readAll } from "./ingest/read-body.ts";

/** What people and programs ask and set; lines come in by other ways. */
export const MAX_QUESTION_BYTES = 1_000_000;
const MAX_QUESTION_MS = 30_000;

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/**
 * Reads the body of an API request, which is short and JSON. Whoever sends a key may call it what they like, as `curl -d` does; a
 * browser that is signed in must call it JSON, which no form of another site can do. Left as it is, a body of another type would
 * count as an empty object, and a PUT of that resets what it was meant to set.
 */
export const smallBody = createMiddleware<AppEnv>(async (c, next) => {
  const { method, raw } = c.req;
  if (method === "GET" || method === "HEAD" || raw.body === null) return next();
  const body = await readAll(raw, MAX_QUESTION_BYTES, MAX_QUESTION_MS);
  const headers = new Headers(raw.headers);
  if (body.length > 0 && !JSON_TYPE.test(headers.get("Content-Type") ?? "")) {
    if (keyOf(raw) === undefined)
      throw new ApiError("unsupported_media_type", "send the body as Content-Type: application/json");
    headers.set("Content-Type", "application/json");
  }
  c.req.raw = new Request(raw, { body, headers });
  await next();
});
