import { Hono } from "hono";
import type { AppEnv } from "../env.ts";

/** GET /healthz: whether the database answers; public, and says no more than that. */
export const health = new Hono<AppEnv>().get("/", async (c) => {
  try {
    await c.env.DB.prepare("SELECT 1 FROM services LIMIT 1").all();
    return c.json({ ok: true });
  } catch (error) {
    console.error({ event: "unhealthy", error: String(error) });
    return c.json({ ok: false }, 503);
  }
});
