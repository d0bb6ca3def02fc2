import { and, inArray, like, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { settings } from "../../migrations/control.ts";
import type { AppEnv, Env } from "../env.ts";
import { keyOfId } from "./known-keys.ts";
import { isHttps } from "./own-origin.ts";
import { ADMIN_TOKEN_HOLDER, type Principal } from "./principal.ts";
import { randomText } from "./random-text.ts";
import { ShortCache } from "./short-cache.ts";

const SESSION_SECONDS = 7 * 24 * 3_600;
/** Sessions that began before the time stored under this are over. */
const EPOCH = "sessions:epoch";
const ENDED = "session-ended:";

interface Ends {
  epochMs: number;
  isEnded: boolean;
}
const ends = new ShortCache<Ends>({ freshMs: 10_000, usableMs: 25_000, maxEntries: 2_000 });

const isSecure = (c: Context<AppEnv>): boolean => isHttps(c.req.raw);
/** `__Host-`: browsers take it over https alone, and from no other host. */
const cookieOf = (c: Context<AppEnv>): string => (isSecure(c) ? "__Host-weir_session" : "weir_session");
/** Apart from every other use of the token. A new token ends all sessions. */
const secretOf = (adminToken: string): string => `session:${adminToken}`;

/**
 * Signs a browser in: a signed HttpOnly cookie that says when the session began and ends, and the key it was opened with.
 */
export async function startSession(
  c: Context<AppEnv>,
  adminToken: string,
  { keyId = "" }: Principal,
): Promise<{ expiresMs: number }> {
  const startedMs = Date.now();
  const expiresMs = startedMs + SESSION_SECONDS * 1_000;
  const id = randomText();
  await setSignedCookie(c, cookieOf(c), [id, startedMs, expiresMs, keyId].join("."), secretOf(adminToken), {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: isSecure(c),
    maxAge: SESSION_SECONDS,
  });
  return { expiresMs };
}

/** Who this browser is signed in as; undefined where it is not, or no more. */
export async function sessionOf(c: Context<AppEnv>, adminToken: string): Promise<Principal | undefined> {
  const value = await getSignedCookie(c, secretOf(adminToken), cookieOf(c));
  if (typeof value !== "string") return undefined;
  const [id = "", started, expires, keyId = ""] = value.split(".");
  const nowMs = Date.now();
  if (!(Number(expires) > nowMs)) return undefined;
  const end = await ends.get(id, nowMs, () => readEnds(c.env, id));
  if (!end || end.isEnded || Number(started) <= end.epochMs) return undefined;
  if (keyId === "") return { ...ADMIN_TOKEN_HOLDER, kind: "session", name: "admin session", sessionId: id };
  const key = await keyOfId(c.env, keyId, nowMs);
  if (!key) return undefined;
  return {
    kind: "session",
    scope: key.scope,
    name: `session of key ${key.prefix} (${key.name})`,
    keyId,
    sessionId: id,
    services: [],
    origins: [],
  };
}

/** Ends this session everywhere, whoever has a copy of its cookie. */
export async function endSession(c: Context<AppEnv>, sessionId: string | undefined): Promise<void> {
  deleteCookie(c, cookieOf(c), { path: "/", secure: isSecure(c) });
  c.header("Clear-Site-Data", '"cache"');
  if (sessionId === undefined) return;
  const nowMs = Date.now();
  const db = drizzle(c.env.CONTROL);
  await db.batch([
    db
      .insert(settings)
      .values({ key: ENDED + sessionId, value: "true", updatedMs: nowMs })
      .onConflictDoNothing(),
    db
      .delete(settings)
      .where(and(like(settings.key, `${ENDED}%`), lt(settings.updatedMs, nowMs - SESSION_SECONDS * 1_000))),
  ]);
  ends.forget(sessionId);
}

/** Ends every session that there is. */
export async function endAllSessions(env: Env): Promise<void> {
  const row = { key: EPOCH, value: String(Date.now()), updatedMs: Date.now() };
  await drizzle(env.CONTROL).insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
  ends.clear();
}

async function readEnds(env: Env, id: string): Promise<Ends> {
  const rows = await drizzle(env.CONTROL)
    .select()
    .from(settings)
    .where(inArray(settings.key, [EPOCH, ENDED + id]));
  return {
    epochMs: Number(rows.find(({ key }) => key === EPOCH)?.value ?? 0),
    isEnded: rows.some(({ key }) => key !== EPOCH),
  };
}
