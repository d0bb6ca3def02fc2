import type { Conditions } from "./episodes.ts";
import type { Random } from "./random.ts";
import type { Endpoint } from "./sites/site.ts";

/** Rows of [probability, status]; what is left over is the first row's status. */
const STATUSES: Record<Endpoint["kind"], [number, number][]> = {
  page: [
    [0.93, 200],
    [0.025, 304],
    [0.01, 301],
    [0.005, 302],
    [0.024, 404],
    [0.004, 403],
    [0.002, 500],
  ],
  asset: [
    [0.7, 200],
    [0.28, 304],
    [0.012, 404],
    [0.004, 206],
    [0.004, 499],
  ],
  api: [
    [0.945, 200],
    [0.015, 401],
    [0.015, 404],
    [0.01, 422],
    [0.006, 429],
    [0.004, 500],
    [0.002, 503],
    [0.003, 403],
  ],
  probe: [
    [0.92, 404],
    [0.06, 403],
    [0.02, 400],
  ],
};

const FAILURES = [500, 500, 502, 503, 503, 504];

export interface Response {
  status: number;
  /** Undefined where no body was sent. */
  bytes: number | undefined;
  durationMs: number;
}

/** What the pretended application answers under these conditions. */
export function respond(random: Random, endpoint: Endpoint, conditions: Conditions): Response {
  const mayFail = endpoint.kind === "page" || endpoint.kind === "api";
  const fails = mayFail && conditions.failing > 0 && random.chance(conditions.failing);
  const status = fails ? random.pick(FAILURES) : statusOf(random, endpoint);
  const slowness = (mayFail ? conditions.slowness : 1) * (status === 504 ? 20 : status >= 500 ? 3 : 1);
  const durationMs = Math.min(30_000, Math.round(random.around(endpoint.medianMs * slowness, 0.6)));
  const bodiless = status === 304 || status === 301 || endpoint.method === "HEAD";
  const bytes = status >= 400 ? 120 + random.int(700) : Math.round(random.around(endpoint.medianBytes, 0.5));
  return { status, bytes: bodiless ? undefined : bytes, durationMs };
}

function statusOf(random: Random, { kind, method }: Endpoint): number {
  let at = random.next();
  for (const [probability, status] of STATUSES[kind]) {
    at -= probability;
    if (at < 0) return status === 200 && method === "POST" && kind === "api" ? 201 : status;
  }
  return STATUSES[kind][0]![1];
}
