import type { Context } from "hono";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { clientAddress } from "./client-address.ts";
import { digestOf, hexOf } from "./digest.ts";
import { checkGuesses, noteWrongGuess } from "./guesses.ts";
import { isKeyText } from "./key-text.ts";
import { isKnown, isKnownWrong, keyOfHash, noteUse, noteWrong, principalOf } from "./known-keys.ts";
import { ADMIN_TOKEN_HOLDER, type Principal } from "./principal.ts";

/** Addresses that have had the admin token right: whoever guesses behind the same one does not shut them out. */
const proven = new Set<string>();
const MAX_PROVEN = 10_000;

/**
 * Whose secret this is: the admin token, or a key that holds. Nothing is compared but SHA-256 digests.
 *
 * @throws ApiError rate_limited after too many wrong ones from one address
 */
export async function holderOf(c: Context<AppEnv>, secret: string): Promise<Principal | undefined> {
  const digest = await digestOf(secret);
  const nowMs = Date.now();
  if (crypto.subtle.timingSafeEqual(digest, await adminDigest(adminToken(c)))) {
    prove(c.req.raw, nowMs);
    return ADMIN_TOKEN_HOLDER;
  }
  const hash = hexOf(digest);
  if (isKnownWrong(hash, nowMs)) return undefined;
  if (!isKnown(hash, nowMs)) checkGuesses(c.req.raw, nowMs);
  const key = isKeyText(secret) ? await keyOfHash(c.env, hash, nowMs) : undefined;
  if (!key) {
    noteWrong(hash, nowMs);
    noteWrongGuess(c.env, c.req.raw, nowMs);
    return undefined;
  }
  noteUse(c.env, key, nowMs);
  return principalOf(key);
}

export function adminToken(c: Context<AppEnv>): string {
  const token = c.env.ADMIN_TOKEN;
  if (!token) throw new ApiError("not_configured", "ADMIN_TOKEN is not set: run `wrangler secret put ADMIN_TOKEN`");
  return token;
}

function prove(request: Request, nowMs: number): void {
  const address = clientAddress(request);
  if (proven.has(address)) return;
  checkGuesses(request, nowMs);
  if (proven.size >= MAX_PROVEN) proven.clear();
  proven.add(address);
}

let known: { token: string; digest: ArrayBuffer } | undefined;

async function adminDigest(token: string): Promise<ArrayBuffer> {
  if (known?.token !== token) known = { token, digest: await digestOf(token) };
  return known.digest;
}
