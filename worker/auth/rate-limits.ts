import { waitUntil } from "cloudflare:workers";
import { logWarning } from "../../durable-objects/log.ts";
import { ApiError } from "../errors.ts";
import { RateGate } from "./rate-gate.ts";

const WINDOW_MS = 10_000;
/** Requests of one key; the same number stands in wrangler.toml. */
export const KEY_LIMIT = 10_000;
/** Beacons of one visitor's address; the same number stands in wrangler.toml. */
export const VISITOR_LIMIT = 100;

const keys = new RateGate(KEY_LIMIT, WINDOW_MS);
const visitors = new RateGate(VISITOR_LIMIT, WINDOW_MS);

interface Limiters {
  KEY_LIMIT: RateLimit;
  VISITOR_LIMIT: RateLimit;
}

/** @throws ApiError rate_limited */
export const countKey = (env: Limiters, keyId: string, nowMs: number): void =>
  count(keys, env.KEY_LIMIT, keyId, nowMs, `this key may make ${KEY_LIMIT} requests in 10 s`);

/** @throws ApiError rate_limited */
export const countVisitor = (env: Limiters, keyId: string, address: string, nowMs: number): void =>
  count(
    visitors,
    env.VISITOR_LIMIT,
    `${keyId} ${address}`,
    nowMs,
    `a visitor may send ${VISITOR_LIMIT} beacons in 10 s`,
  );

/** No request waits for the platform's counter: what it says counts for the requests after. */
function count(gate: RateGate, limiter: RateLimit, name: string, nowMs: number, message: string): void {
  const { passes, tell } = gate.take(name, nowMs);
  if (!passes) throw new ApiError("rate_limited", message, { retryAfterSeconds: gate.secondsLeft(nowMs) });
  if (tell > 0) waitUntil(tellPlatform(gate, limiter, name, tell));
}

async function tellPlatform(gate: RateGate, limiter: RateLimit, key: string, delta: number): Promise<void> {
  try {
    const { success } = await limiter.limit({ key, delta });
    if (!success) gate.shut(key, Date.now());
  } catch (error) {
    logWarning("rate_limit_unreadable", { error });
  }
}
