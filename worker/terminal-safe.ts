import { createMiddleware } from "hono/factory";
import type { StatusCode } from "hono/utils/http-status";
import { safeJson } from "../core/export/safe-text.ts";
import type { AppEnv } from "./env.ts";

/**
 * Makes `c.json` write texts that do nothing to who reads the answer in a terminal: what was logged may hold control characters
 * that JSON leaves as they are (C1, and those that turn the direction of writing). A reader of JSON sees no difference.
 */
export const terminalSafe = createMiddleware<AppEnv>(async (c, next) => {
  const write = (value: unknown, arg?: unknown, headers: HeadersInit = {}): Response => {
    const given = Object.fromEntries(new Headers(headers));
    return c.newResponse(safeJson(value), arg as StatusCode, { "content-type": "application/json", ...given });
  };
  c.json = write as typeof c.json;
  await next();
});
