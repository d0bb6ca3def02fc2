import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Forward, ForwardSettings } from "../../core/forward/forward.ts";
import { forwards } from "../../migrations/control.ts";
import type { Env } from "../env.ts";

/** A new forward, or the end of one, is effective everywhere within this time. */
const CACHE_MS = 15_000;
/** All services together: every one is a request a pack. */
export const MAX_FORWARDS = 100;

// Values, not promises: a promise belongs to the event that made it, and dies with it.
let cached: { untilMs: number; forwards: Forward[] } | undefined;

/** Where the records of a service are also sent. */
export async function forwardsOf(env: Env, service: string): Promise<Forward[]> {
  const nowMs = Date.now();
  if (!cached || cached.untilMs < nowMs) cached = { untilMs: nowMs + CACHE_MS, forwards: await allForwards(env) };
  return cached.forwards.filter((forward) => forward.service === service);
}

export async function allForwards(env: Env): Promise<Forward[]> {
  const rows = await drizzle(env.CONTROL).select().from(forwards).orderBy(forwards.createdMs).limit(MAX_FORWARDS);
  return rows.map(({ id, value }) => ({ id, ...(JSON.parse(value) as ForwardSettings) }));
}

export async function findForward(env: Env, id: string): Promise<Forward | undefined> {
  const [row] = await drizzle(env.CONTROL).select().from(forwards).where(eq(forwards.id, id));
  return row && { id: row.id, ...(JSON.parse(row.value) as ForwardSettings) };
}

export async function insertForward(env: Env, { id, ...settings }: Forward, nowMs: number): Promise<void> {
  const { service } = settings;
  await drizzle(env.CONTROL)
    .insert(forwards)
    .values({ id, service, value: JSON.stringify(settings), createdMs: nowMs });
  cached = undefined;
}

export async function deleteForward(env: Env, id: string): Promise<void> {
  await drizzle(env.CONTROL).delete(forwards).where(eq(forwards.id, id));
  cached = undefined;
}
