import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { type ServiceSettings, serviceSettings } from "../core/settings.ts";
import { logWarning } from "../durable-objects/log.ts";
import { settings } from "../migrations/control.ts";
import type { Env } from "./env.ts";

/** A change is effective everywhere within this time. */
const CACHE_MS = 30_000;
// Values, not promises: a promise belongs to the request that made it, and dies with it.
const cache = new Map<string, { untilMs: number; settings: ServiceSettings }>();
/** One entry a service; far above the number of services that one installation takes. */
const MAX_CACHED = 5_000;

const keyOf = (service: string): string => `service:${service}`;

/** The settings of a service, defaults filled in; remembered for CACHE_MS. */
export async function settingsOf(env: Env, service: string): Promise<ServiceSettings> {
  const nowMs = Date.now();
  const cached = cache.get(service);
  if (cached && cached.untilMs > nowMs) return cached.settings;
  let settings: ServiceSettings;
  try {
    settings = await readSettings(env, service);
  } catch (error) {
    // Lines are never refused because settings cannot be read: the last ones known, else the defaults, are used.
    logWarning("settings_unreadable", { service, error });
    settings = cached?.settings ?? v.parse(serviceSettings, {});
  }
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(service, { untilMs: nowMs + CACHE_MS, settings });
  return settings;
}

export async function readSettings(env: Env, service: string): Promise<ServiceSettings> {
  const [row] = await drizzle(env.CONTROL)
    .select()
    .from(settings)
    .where(eq(settings.key, keyOf(service)));
  const stored = v.safeParse(serviceSettings, row ? JSON.parse(row.value) : {});
  return stored.success ? stored.output : v.parse(serviceSettings, {});
}

export async function writeSettings(env: Env, service: string, value: ServiceSettings): Promise<void> {
  const row = { key: keyOf(service), value: JSON.stringify(value), updatedMs: Date.now() };
  await drizzle(env.CONTROL).insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
  cache.delete(service);
}
