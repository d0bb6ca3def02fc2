import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { keyOf } from "./key-of.ts";
import { isSameSecret } from "./same-secret.ts";
import { hasSession } from "./session.ts";

/** Lets a request through that carries the admin token, or comes from a signed-in page of this origin. */
export const requireReader = createMiddleware<AppEnv>(async (c, next) => {
  if (keyOf(c.req.raw) === undefined && (await hasSession(c, adminToken(c)))) {
    checkOrigin(c);
    return next();
  }
  await checkKey(c);
  await next();
});

export function adminToken(c: Context<AppEnv>): string {
  const token = c.env.ADMIN_TOKEN;
  if (!token) throw new ApiError("not_configured", "ADMIN_TOKEN is not set: run `wrangler secret put ADMIN_TOKEN`");
  return token;
}

/** Throws `unauthorized` unless the request carries the admin token. */
export async function checkKey(c: Context<AppEnv>): Promise<void> {
  const key = keyOf(c.req.raw);
  if (key === undefined) throw new ApiError("unauthorized", "no key: send `Authorization: Bearer KEY`");
  if (!(await isSameSecret(key, adminToken(c)))) throw new ApiError("unauthorized", "the key is not valid");
}

/** A cookie travels with requests that other sites start: those that change something, or open a socket, must be ours. */
function checkOrigin(c: Context<AppEnv>): void {
  const isSafe = (c.req.method === "GET" || c.req.method === "HEAD") && c.req.header("Upgrade") === undefined;
  if (isSafe) return;
  const origin = c.req.header("Origin");
  if (origin !== undefined && origin !== new URL(c.req.url).origin)
    throw new ApiError("forbidden", "the request comes from another site");
}
