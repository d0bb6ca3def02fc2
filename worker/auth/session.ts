import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { AppEnv } from "../env.ts";

const COOKIE = "weir_session";
const SESSION_SECONDS = 7 * 24 * 3_600;

const isSecure = (c: Context<AppEnv>): boolean => new URL(c.req.url).protocol === "https:";

/** Signs a browser in: an HttpOnly cookie that holds only its end, signed with the admin token. */
export async function startSession(c: Context<AppEnv>, adminToken: string): Promise<{ expiresMs: number }> {
  const expiresMs = Date.now() + SESSION_SECONDS * 1_000;
  await setSignedCookie(c, COOKIE, String(expiresMs), adminToken, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: isSecure(c),
    maxAge: SESSION_SECONDS,
  });
  return { expiresMs };
}

export function endSession(c: Context<AppEnv>): void {
  deleteCookie(c, COOKIE, { path: "/", secure: isSecure(c) });
}

export async function hasSession(c: Context<AppEnv>, adminToken: string): Promise<boolean> {
  const expires = await getSignedCookie(c, adminToken, COOKIE);
  return typeof expires === "string" && Number(expires) > Date.now();
}
