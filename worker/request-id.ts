import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./env.ts";

const HEADER = "X-Request-Id";
/** A longer one, or one of other letters, is not the id of a careful sender, and would stand in our logs. */
const USABLE = /^[\w\-=]{1,255}$/;

/** Gives each request an id, that of its sender if it has one. `securityHeaders` answers it. */
export const requestId = createMiddleware<AppEnv>((c, next) => {
  const given = c.req.header(HEADER);
  c.set("requestId", given !== undefined && USABLE.test(given) ? given : crypto.randomUUID());
  return next();
});
