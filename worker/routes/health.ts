import { Hono } from "hono";
import { logError } from "../../durable-objects/log.ts";
import type { AppEnv } from "../env.ts";
import { checkHealth } from "../health/check-health.ts";
import { isMigrated } from "../health/is-migrated.ts";
import { describe } from "../openapi/describe.ts";

const shallow = describe({
  tag: "Operations",
  summary: "Whether the databases answer and are migrated: 200 or 503.",
  isPublic: true,
  example: {},
  answer: { ok: true },
});
const deep = describe({
  tag: "Operations",
  summary: "Every part asked: databases, archive, objects, delivery, dead letters. 503 when one is not well.",
  example: {},
  answer: { ok: true, checks: [{ name: "database", ok: true, tookMs: 1 }] },
});

/** GET /healthz: whether the databases answer and are migrated; public, and says no more than that. */
export const health = new Hono<AppEnv>().get("/", shallow, async (c) => {
  try {
    if (await isMigrated(c.env)) return c.json({ ok: true });
    logError("unhealthy", { reason: "migrations are missing" });
    return c.json({ ok: false }, 503);
  } catch (error) {
    logError("unhealthy", { error });
    return c.json({ ok: false }, 503);
  }
});

/** GET /api/health: every part that Weir needs, each asked, with what it took: 503 when one is not well. */
export const deepHealth = new Hono<AppEnv>().get("/", deep, async (c) => {
  const checks = await checkHealth(c.env, Date.now());
  const ok = checks.every((check) => check.ok);
  if (!ok) logError("unhealthy", { failed: checks.filter((check) => !check.ok) });
  return c.json({ ok, checks }, ok ? 200 : 503);
});
