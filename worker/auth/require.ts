import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv, Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { accessPersonOf } from "./access-person.ts";
import { clientAddress } from "./client-address.ts";
import { adminToken, holderOf } from "./holder.ts";
import { keyOf } from "./key-of.ts";
import { keyOfId } from "./known-keys.ts";
import { checkBeaconOrigin } from "./may-send.ts";
import { checkOwnPage } from "./own-page.ts";
import type { Principal } from "./principal.ts";
import { countKey, countVisitor } from "./rate-limits.ts";
import { sessionOf } from "./session.ts";

const NEEDS_ADMIN = "this needs the scope admin";

/** Asked by POST, and still only asked. */
const QUESTIONS: ReadonlySet<string> = new Set(["/api/sql", "/api/sql/build", "/api/export", "/api/try"]);

/**
 * Lets a request through that carries a key, or comes from a signed-in page of this origin: to ask with the scopes `read` and
 * `admin`, to change something with `admin` alone. Who it is stands in `c.var.principal` afterwards.
 */
export const requireReader = createMiddleware<AppEnv>(async (c, next) => {
  const principal = await readerOf(c);
  c.set("principal", principal);
  if (principal.scope !== "admin") {
    if (principal.scope !== "read") throw new ApiError("forbidden", `a key of scope ${principal.scope} only sends`);
    if (!isQuestion(c)) throw new ApiError("forbidden", NEEDS_ADMIN);
  }
  await next();
});

/** After `requireReader`: what even those may not see who may read everything else. */
export const requireAdmin = createMiddleware<AppEnv>(async (c, next) => {
  if (c.var.principal?.scope !== "admin") throw new ApiError("forbidden", NEEDS_ADMIN);
  await next();
});

const isQuestion = (c: Context<AppEnv>): boolean =>
  c.req.method === "GET" || c.req.method === "HEAD" || (c.req.method === "POST" && QUESTIONS.has(c.req.path));

async function readerOf(c: Context<AppEnv>): Promise<Principal> {
  if (keyOf(c.req.raw) !== undefined) return holderOfKey(c);
  const person = (await accessPersonOf(c)) ?? (await sessionOf(c, adminToken(c)));
  if (!person) throw new ApiError("unauthorized", "no key: send `Authorization: Bearer KEY`");
  checkOwnPage(c.req.raw);
  return person;
}

/**
 * Who sends a request with lines. Cookies never send: only a key does, whatever else the request carries.
 *
 * @throws ApiError unauthorized, forbidden, rate_limited
 */
export async function checkSender(c: Context<AppEnv>, isBeacon: boolean): Promise<Principal> {
  const principal = await holderOfKey(c);
  if (principal.scope === "read") throw new ApiError("forbidden", "a key of scope read only asks");
  if (principal.scope === "beacon") {
    if (!isBeacon) throw new ApiError("forbidden", "a key of scope beacon only sends to /beacon");
    checkBeaconOrigin(principal, c.req.header("Origin"));
    countVisitor(c.env, principal.keyId!, clientAddress(c.req.raw), Date.now());
  }
  return principal;
}

/**
 * Asked again and again while a socket is open.
 *
 * @throws ApiError unauthorized once the key was revoked or has expired
 */
export async function checkStillHolds(env: Env, { keyId }: Principal): Promise<void> {
  if (keyId !== undefined && !(await keyOfId(env, keyId, Date.now())))
    throw new ApiError("unauthorized", "the key is not valid any more");
}

/** Whose key the request carries. */
async function holderOfKey(c: Context<AppEnv>): Promise<Principal> {
  const key = keyOf(c.req.raw);
  if (key === undefined) throw new ApiError("unauthorized", "no key: send `Authorization: Bearer KEY`");
  const principal = await holderOf(c, key);
  if (!principal) throw new ApiError("unauthorized", "the key is not valid");
  if (principal.keyId !== undefined) countKey(c.env, principal.keyId, Date.now());
  return principal;
}
