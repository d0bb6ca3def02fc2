import { accessLine } from "./access-line.ts";
import { type Conditions, conditionsAt } from "./episodes.ts";
import { Random, weightedIndex } from "./random.ts";
import { respond } from "./respond.ts";
import type { AppRecord, Site } from "./sites/site.ts";
import { type Visitor, visitors } from "./visitors.ts";

const VISITORS = 4_000;

/** How people go on from where they are: to another page of the same site, mostly. */
const INTERNAL_REFERRER = 0.55;
const NO_REFERRER = 0.3;

export interface LineSource {
  /** The next line of the log, written at this moment. Moments must not run backwards. */
  next(tsMs: number): string;
}

/**
 * The mixed log of a pretended application: combined access lines and JSON application lines.
 *
 * Application lines of one request share its trace and come before its access line, as they do in life.
 *
 * @param startMs when the application began; episodes count from here
 */
export function lineSource(site: Site, seed: number, startMs: number): LineSource {
  const random = new Random(seed);
  const visitor = visitors(seed, VISITORS);
  const endpointIndex = weightedIndex(site.endpoints.map(({ weight }) => weight));
  const pages = site.endpoints.filter(({ kind }) => kind === "page");
  const hosts = [1, 2, 3].map((n) => `${site.name}-${random.hex(4)}-${n}`);
  const waiting: ((tsMs: number) => string)[] = [];
  let lastSecond = -1;
  let conditions = conditionsAt(seed, 0);

  function tell(tsMs: number): void {
    const second = Math.floor((tsMs - startMs) / 1_000);
    if (second !== lastSecond) {
      lastSecond = second;
      conditions = conditionsAt(seed, second);
      if (conditions.deployed) {
        tellOf(deployed(conditions.deployed), conditions);
        return;
      }
    }
    if (random.chance(site.backgroundShare)) tellOf([random.pick(site.background)(random)], conditions);
    else tellRequest(conditions);
  }

  function tellRequest(conditions: Conditions): void {
    const endpoint = site.endpoints[endpointIndex(random)]!;
    const who = visitor(random);
    const path = endpoint.path(random);
    const { status, bytes, durationMs } = respond(random, endpoint, conditions);
    const records = endpoint.says?.({ random, visitor: who, path, status, durationMs }) ?? [];
    if (status >= 500 && records.length === 0) {
      records.push({ level: "error", logger: "http", msg: `${endpoint.method} ${path} failed`, status });
    }
    tellOf(records, conditions, who);
    const referrer = referrerOf(endpoint.kind === "probe");
    waiting.push((tsMs) =>
      accessLine({
        ...{ tsMs, status, bytes, durationMs, path, referrer },
        ip: who.ip,
        user: who.userId ?? "-",
        method: endpoint.method,
        protocol: who.protocol,
        userAgent: who.agent.text,
      }),
    );
  }

  function referrerOf(none: boolean): string {
    if (none || random.chance(NO_REFERRER)) return "-";
    if (!random.chance(INTERNAL_REFERRER)) return random.pick(site.referrers);
    return site.origin + random.pick(pages).path(random);
  }

  function tellOf(records: AppRecord[], { version }: Conditions, who?: Visitor): void {
    if (records.length === 0) return;
    const trace_id = random.hex(32);
    const host = random.pick(hosts);
    for (const { level, logger, msg, ...rest } of records) {
      const span_id = random.hex(16);
      const session_id = who?.sessionId;
      waiting.push((tsMs) => {
        const time = new Date(tsMs).toISOString();
        return JSON.stringify({ time, level, logger, msg, host, version, trace_id, span_id, session_id, ...rest });
      });
    }
  }

  return {
    next(tsMs) {
      while (waiting.length === 0) tell(tsMs);
      return waiting.shift()!(tsMs);
    },
  };
}

const deployed = (version: string): AppRecord[] => [
  { level: "info", logger: "deploy", msg: `deploy of ${version} started`, event: "deploy_started" },
  { level: "warn", logger: "http", msg: "draining connections", timeout_ms: 10_000 },
  { level: "info", logger: "deploy", msg: `deploy of ${version} finished`, event: "deploy_finished" },
];
