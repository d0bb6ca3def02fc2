import type { Context } from "hono";
import type { ServicesFrame } from "../../core/live/frames.ts";
import { type ActivityRange, rangeOfActivity } from "../../core/live/range-of-activity.ts";
import { accessPersonOf } from "../auth/access-person.ts";
import { adminToken } from "../auth/holder.ts";
import { sessionOf } from "../auth/session.ts";
import { type AppEnv, announcedServices } from "../env.ts";
import { stats } from "./stats.ts";

/** What the dashboard would ask first. The page begins with it and goes on live. */
interface PageSnapshot {
  services: ServicesFrame;
  /** Of all services or the one of the page, in the range that the page would choose; absent where they took too long. */
  scope?: { service?: string; range: ActivityRange };
  stats?: unknown;
  totals?: unknown;
}

/** More arrive over the socket; a page is not kept waiting by a thousand. */
const MAX_SERVICES = 100;
/** A page without figures now is better than one with them later. */
const WITHIN_MS = 400;

const SERVICE_PAGE = /^\/service\/([a-z0-9][a-z0-9._-]{0,62})$/;

/** Whether a person is signed in here, who then gets a snapshot. Never throws: without one the page asks by itself. */
export async function getsSnapshot(c: Context<AppEnv>): Promise<boolean> {
  try {
    return ((await accessPersonOf(c)) ?? (await sessionOf(c, adminToken(c)))) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The snapshot as an element of type application/json: data, which the page's policy lets stand and no browser runs. Empty
 * where it cannot be had in time.
 */
export async function snapshotElement(c: Context<AppEnv>): Promise<string> {
  try {
    const snapshot = await Promise.race([snapshotOf(c), after(WITHIN_MS)]);
    return snapshot ? `<script type="application/json" id="snapshot">${asData(snapshot)}</script>` : "";
  } catch {
    return "";
  }
}

async function snapshotOf(c: Context<AppEnv>): Promise<PageSnapshot> {
  const nowMs = Date.now();
  const all = await announcedServices(c.env);
  const services = all.toSorted((a, b) => (b.lastSeenMs ?? 0) - (a.lastSeenMs ?? 0)).slice(0, MAX_SERVICES);
  const base = { services: { type: "services" as const, atMs: nowMs, services } };
  const service = SERVICE_PAGE.exec(c.req.path)?.[1];
  const isPlain = new URL(c.req.url).search === "" && (c.req.path === "/" || service !== undefined);
  if (!isPlain || all.length === 0 || all.length > MAX_SERVICES) return base;
  const range = rangeOfActivity(service === undefined ? all : all.filter(({ name }) => name === service), nowMs);
  const [series, totals] = await Promise.all([
    statsOf(c, service, range, STEPS[range]),
    statsOf(c, service, range, "30000d"),
  ]);
  return { ...base, scope: { ...(service ? { service } : {}), range }, stats: series, totals };
}

/** As the page asks, dashboard/api/questions.ts. */
const STEPS: Record<ActivityRange, string | undefined> = {
  "5m": "60000",
  "1h": "60000",
  "24h": "600000",
  all: undefined,
};

/** The page's own question by the same route. */
async function statsOf(
  c: Context<AppEnv>,
  service: string | undefined,
  range: ActivityRange,
  step: string | undefined,
): Promise<unknown> {
  const from = range === "all" ? "0" : `-${range}`;
  const query = new URLSearchParams({ from, ...(step ? { step } : {}), ...(service ? { service } : {}) });
  const response = await stats.request(`/?${query}`, {}, c.env, c.executionCtx);
  return response.ok ? await response.json() : undefined;
}

const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms));

/** `<` never stands in it, so nothing in it can end its element; U+2028 and U+2029 are plain text in JSON. */
export const asData = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
