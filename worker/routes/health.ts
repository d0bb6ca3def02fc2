import { Hono } from "hono";
import { logError } from "../../durable-objects/log.ts";
import type { AppEnv } from "../env.ts";
import { checkHealth } from "../health/check-health.ts";

/** GET /healthz: whether the database answers; public, and says no more than that. */
export const health = new Hono<AppEnv>().get("/", async (c) => {
  try {
    await c.env.DB.prepare("SELECT 1 FROM services LIMIT 1").all();
    return c.json({ ok: true });
  } catch (error) {
    logError("unhealthy", { error });
    return c.json({ ok: false }, 503);
  }
});

/** GET /api/health: every part that Weir needs, each asked, with what it took: 503 when one is not well. */
export const deepHealth = new Hono<AppEnv>().get("/", async (c) => {
  const checks = await checkHealth(c.env, Date.now());
  const ok = checks.every((check) => check.ok);
  if (!ok) logError("unhealthy", { failed: checks.filter((check) => !check.ok) });
  return c.json({ ok, checks }, ok ? 200 : 503);
});
