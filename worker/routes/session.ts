import { Hono } from "hono";
import * as v from "valibot";
import { accessPersonOf } from "../auth/access-person.ts";
import { audit } from "../auth/audit.ts";
import { closeWatchers } from "../auth/close-watchers.ts";
import { adminToken, holderOf } from "../auth/holder.ts";
import { checkOwnPage } from "../auth/own-page.ts";
import { endAllSessions, endSession, sessionOf, startSession } from "../auth/session.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { smallBody } from "../small-body.ts";
import { validJson, validQuery } from "../validate.ts";

const body = v.object({ token: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000)) });
const query = v.object({ everywhere: v.optional(v.picklist(["0", "1"]), "0") });

const who = describe({
  tag: "Keys and people",
  summary: "Who is signed in here: 401 when nobody is, as for a program.",
  status: 401,
  example: {},
  answer: { error: { code: "unauthorized", message: "nobody is signed in here", requestId: "…" } },
});
const signIn = describe({
  tag: "Keys and people",
  summary: "Signs a page in by the admin token, or a key of scope read or admin: sets an HttpOnly cookie.",
  isPublic: true,
  example: { body: { token: "$TOKEN" } },
  answer: { expires: "2026-11-29T10:00:00.000Z", scope: "admin" },
});
const signOut = describe({
  tag: "Keys and people",
  summary: "Signs out; with `everywhere=1` (admins) everyone.",
  isPublic: true,
  example: {},
  status: 204,
});

/**
 * GET /api/session: who is signed in here. POST: signs in by the admin token, or a key of scope read or admin. DELETE: signs
 * out; with `?everywhere=1` (admins) everyone.
 */
export const session = new Hono<AppEnv>()
  .use(smallBody)
  .get("/", who, async (c) => {
    const person = (await accessPersonOf(c)) ?? (await sessionOf(c, adminToken(c)));
    if (!person) throw new ApiError("unauthorized", "nobody is signed in here");
    const { kind, scope, name } = person;
    return c.json({ kind, scope, name });
  })
  .post("/", signIn, validJson(body), async (c) => {
    // Another site could sign this browser in as somebody else.
    if (c.req.header("Origin") !== undefined || c.req.header("Sec-Fetch-Site") !== undefined) checkOwnPage(c.req.raw);
    const holder = await holderOf(c, c.req.valid("json").token);
    if (!holder) throw new ApiError("unauthorized", "the token is not valid");
    if (holder.scope !== "admin" && holder.scope !== "read")
      throw new ApiError("forbidden", `a key of scope ${holder.scope} only sends`);
    const { expiresMs } = await startSession(c, adminToken(c), holder);
    c.set("principal", holder);
    await audit(c, { action: "session.start", detail: { scope: holder.scope } });
    return c.json({ expires: new Date(expiresMs).toISOString(), scope: holder.scope });
  })
  .delete("/", signOut, validQuery(query), async (c) => {
    const person = await sessionOf(c, adminToken(c));
    if (person) {
      checkOwnPage(c.req.raw);
      c.set("principal", person);
    }
    if (c.req.valid("query").everywhere === "1") {
      if (person?.scope !== "admin") throw new ApiError(person ? "forbidden" : "unauthorized", "an admin may do this");
      await endAllSessions(c.env);
      await closeWatchers(c.env, "sessions");
      await audit(c, { action: "session.end_all" });
    }
    await endSession(c, person?.sessionId);
    if (person?.sessionId) await closeWatchers(c.env, { sessionId: person.sessionId });
    if (person) await audit(c, { action: "session.end" });
    return c.body(null, 204);
  });
