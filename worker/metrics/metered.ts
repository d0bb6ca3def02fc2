import { createMiddleware } from "hono/factory";
import { PROTOCOLS } from "../../core/ingest/registry.ts";
import { logInfo, withLogContext } from "../../durable-objects/log.ts";
import type { AppEnv } from "../env.ts";
import { meter, tellSoon } from "./meter.ts";

/** What a request counts under, by the first part of its path: a closed list, whatever is asked for. */
const PROTOCOL_OF = new Map<string, string>([
  ...PROTOCOLS.map(({ name, mount }) => [mount.slice(1), name] as const),
  ["api", "api"],
  ["analytics", "api"],
  ["link", "api"],
  ["healthz", "operations"],
  ["metrics", "operations"],
]);

export const protocolOf = (pathname: string): string => {
  if (pathname.startsWith("/api/live")) return "live";
  return PROTOCOL_OF.get(pathname.split("/", 2)[1] ?? "") ?? "page";
};

/** Counts every request and its time, gives its logs its id, and with LOG_REQUESTS=1 writes a line of it. Never the query, nor a link: they may hold a key. */
export const metered = createMiddleware<AppEnv>(async (c, next) => {
  const startMs = Date.now();
  const { requestId } = c.var;
  await withLogContext({ requestId }, next);
  const protocol = protocolOf(c.req.path);
  const { status } = c.res;
  const tookMs = Date.now() - startMs;
  meter.count("weir_http_requests_total", { protocol, status: `${Math.floor(status / 100)}xx` });
  meter.observe("weir_http_request_duration_seconds", tookMs / 1_000, { protocol });
  if (c.env.LOG_REQUESTS === "1")
    logInfo("request", {
      requestId,
      method: c.req.method,
      path: new URL(c.req.url).pathname.replace(/^\/link\/.*/, "/link/…"),
      status,
      tookMs,
    });
  tellSoon(c.env, c.executionCtx);
});
