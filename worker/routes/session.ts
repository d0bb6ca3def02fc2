import { Hono } from "hono";
import * as v from "valibot";
import { adminToken } from "../auth/require.ts";
import { isSameSecret } from "../auth/same-secret.ts";
import { endSession, startSession } from "../auth/session.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { validJson } from "../validate.ts";

const body = v.object({ token: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000)) });

/** POST /api/session: signs in by token. DELETE: signs out. */
export const session = new Hono<AppEnv>()
  .post("/", validJson(body), async (c) => {
    const expected = adminToken(c);
    if (!(await isSameSecret(c.req.valid("json").token, expected)))
      throw new ApiError("unauthorized", "the token is not valid");
    const { expiresMs } = await startSession(c, expected);
    return c.json({ expires: new Date(expiresMs).toISOString() });
  })
  .delete("/", (c) => {
    endSession(c);
    return c.body(null, 204);
  });
