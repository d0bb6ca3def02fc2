import { waitUntil } from "cloudflare:workers";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { clientAddress } from "./client-address.ts";
import { RateGate } from "./rate-gate.ts";

/** Different wrong keys and tokens of one address in a minute; the same number stands in wrangler.toml. */
export const GUESS_LIMIT = 20;
const WINDOW_MS = 60_000;
const guesses = new RateGate(GUESS_LIMIT, WINDOW_MS);
/** Addresses that have guessed wrong too often, until when. */
const shut = new Map<string, number>();
const MAX_SHUT = 10_000;

/**
 * Refuses an address that has guessed too often, right or wrong. Asked before a secret is answered that this isolate has not
 * seen yet: senders whose keys are known go on behind the same address.
 *
 * @throws ApiError rate_limited
 */
export function checkGuesses(request: Request, nowMs: number): void {
  const untilMs = shut.get(clientAddress(request)) ?? 0;
  if (untilMs > nowMs) throw tooMany(untilMs - nowMs);
}

/**
 * Counts a wrong key or token.
 *
 * @throws ApiError rate_limited past the limit
 */
export function noteWrongGuess(env: Env, request: Request, nowMs: number): void {
  const address = clientAddress(request);
  waitUntil(tellPlatform(env, address));
  if (guesses.take(address, nowMs).passes) return;
  shutOut(address, nowMs);
  throw tooMany(guesses.secondsLeft(nowMs) * 1_000);
}

const tooMany = (leftMs: number): ApiError =>
  new ApiError("rate_limited", "too many wrong keys came from your address", {
    retryAfterSeconds: Math.ceil(leftMs / 1_000),
  });

/** The platform's counter knows of the guesses that other isolates saw. */
async function tellPlatform(env: Env, address: string): Promise<void> {
  try {
    const { success } = await env.GUESS_LIMIT.limit({ key: address });
    if (!success) shutOut(address, Date.now());
  } catch (error) {
    logWarning("rate_limit_unreadable", { error });
  }
}

function shutOut(address: string, nowMs: number): void {
  if (shut.size >= MAX_SHUT) shut.clear();
  shut.set(address, nowMs + guesses.secondsLeft(nowMs) * 1_000);
  logWarning("guesses_shut_out", { address });
}
