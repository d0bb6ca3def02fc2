import { drizzle } from "drizzle-orm/d1";
import { Hono } from "hono";
import type { ServiceJson } from "../../core/live/frames.ts";
import { SECONDS_KEPT } from "../../core/live/live-counters.ts";
import { compilePattern } from "../../core/parse/pattern/compile-pattern.ts";
import { PARSER_OF_NAME } from "../../core/parse/registry.ts";
import { type ServiceSettings, serviceSettings } from "../../core/settings.ts";
import { services as servicesTable } from "../../migrations/schema.ts";
import { audit } from "../auth/audit.ts";
import { type AppEnv, announcedServices, type Env, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName } from "../query/question.ts";
import { readSettings, writeSettings } from "../service-settings.ts";
import { validJson } from "../validate.ts";

const RATE_SECONDS = 10;

const named = { service: "The service's name." };
const list = describe({
  tag: "Services",
  summary: "Every service with its totals, rate and lag.",
  example: {},
  answer: { services: [{ name: "web", records: 1, acknowledged: 1, ratePerSecond: 0.1, errorRate: 0, lagMs: 0 }] },
});
const read = describe({
  tag: "Services",
  summary: "A service's settings.",
  params: named,
  example: { params: { service: "web" } },
  answer: { service: "web", settings: { zone: "UTC", durationUnit: "ms", hotDays: 7, shards: 1 } },
});
const write = describe({
  tag: "Services",
  summary: "Sets a service's settings as a whole; what is left out takes its default. Effective within 30 s.",
  params: named,
  example: { params: { service: "web" }, body: { zone: "Europe/Berlin", drop: [{ path: "/healthz" }] } },
  answer: { service: "web", settings: { zone: "Europe/Berlin" } },
});

/** GET /api/services: every service with its totals, rate and lag. GET, PUT /api/services/:service: its settings. */
export const services = new Hono<AppEnv>()
  .get("/", list, async (c) => {
    const nowMs = Date.now();
    const [live, stored] = await Promise.all([
      announcedServices(c.env),
      drizzle(c.env.DB).select().from(servicesTable),
    ]);
    const storedOf = new Map(stored.map((row) => [row.name, row]));
    return c.json({
      services: live.map((service) => {
        const row = storedOf.get(service.name);
        const records = row?.records ?? 0;
        return {
          name: service.name,
          shards: service.shards,
          records,
          acknowledged: Math.max(service.acknowledged, records),
          firstSeen: isoOf(row?.firstSeenMs ?? service.firstSeenMs),
          lastSeen: isoOf(Math.max(service.lastSeenMs ?? 0, row?.lastSeenMs ?? 0) || undefined),
          ratePerSecond: rateOf(service, nowMs),
          errorRate: errorRateOf(service, nowMs),
          lagMs: service.lagMs,
          seconds: service.seconds,
        };
      }),
    });
  })
  .get("/:service", read, async (c) => {
    const service = c.req.param("service");
    checkServiceName(service);
    return c.json({ service, settings: await readSettings(c.env, service) });
  })
  .put("/:service", write, validJson(serviceSettings), async (c) => {
    const service = c.req.param("service");
    checkServiceName(service);
    const settings = c.req.valid("json");
    checkParser(settings);
    await spread(c.env, service, settings.shards);
    await writeSettings(c.env, service, settings);
    await audit(c, { action: "settings.change", target: service, detail: { settings } });
    return c.json({ service, settings });
  });

/** Shard 0 decides how a service is spread; there is nothing to do for one that never had more than one shard. */
async function spread(env: Env, service: string, shards: number): Promise<void> {
  const first = streamOf(env, service);
  if (shards === 1 && (await first.layout()).epoch === 0) return;
  if (!(await first.reshard(service, shards)))
    throw new ApiError("too_many_services", "this installation takes no more services");
}

/** A parser that there is, and a pattern that compiles: a mistake is told here, not by lines that stay text. */
export function checkParser({ parser, pattern }: ServiceSettings): void {
  if (parser !== undefined && !PARSER_OF_NAME.has(parser)) {
    const names = [...PARSER_OF_NAME.keys()].join(", ");
    throw new ApiError("invalid_request", `no parser ${parser}: take one of ${names}`, {
      issues: [{ path: "parser", message: `one of ${names}` }],
    });
  }
  const compiled = pattern === undefined ? undefined : compilePattern(pattern);
  if (compiled && !compiled.ok) {
    throw new ApiError("invalid_request", `pattern: ${compiled.detail}`, {
      issues: [{ path: "pattern", message: compiled.detail }],
    });
  }
}

const isoOf = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

function rateOf({ seconds }: ServiceJson, nowMs: number): number {
  const now = Math.floor(nowMs / 1_000);
  const recent = seconds.filter(([second]) => second >= now - RATE_SECONDS && second < now);
  return recent.reduce((sum, [, count]) => sum + count, 0) / RATE_SECONDS;
}

/** Share of errors among the records of the last minutes that the stream reported. */
function errorRateOf({ seconds }: ServiceJson, nowMs: number): number {
  const recent = seconds.filter(([second]) => second * 1_000 >= nowMs - SECONDS_KEPT * 1_000);
  const count = recent.reduce((sum, [, records]) => sum + records, 0);
  return count === 0 ? 0 : recent.reduce((sum, [, , errors]) => sum + errors, 0) / count;
}
