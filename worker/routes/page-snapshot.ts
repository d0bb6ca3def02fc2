import type { Context } from "hono";
import type { ServicesFrame } from "../../core/live/frames.ts";
import { accessPersonOf } from "../auth/access-person.ts";
import { adminToken } from "../auth/holder.ts";
import { sessionOf } from "../auth/session.ts";
import { type AppEnv, announcedServices } from "../env.ts";
import { stats } from "./stats.ts";

/** What the dashboard would ask first. The page begins with it and goes on live. */
interface PageSnapshot {
  services: ServicesFrame;
  /** Of the last hour, all services or the one of the page; absent where they took too long. */
  scope?: { service?: string; range: "1h" };
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
  const [series, totals] = await Promise.all([hourOf(c, service, "60000"), hourOf(c, service, "30000d")]);
  return { ...base, scope: { ...(service ? { service } : {}), range: "1h" }, stats: series, totals };
}

/** As the page itself would ask it: the same question by the same route. */
async function hourOf(c: Context<AppEnv>, service: string | undefined, step: string): Promise<unknown> {
  const query = new URLSearchParams({ from: "-1h", step, ...(service ? { service } : {}) });
  const response = await stats.request(`/?${query}`, {}, c.env);
  return response.ok ? await response.json() : undefined;
}

const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms));

/** `<` never stands in it, so nothing in it can end its element; U+2028 and U+2029 are plain text in JSON. */
export const asData = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
