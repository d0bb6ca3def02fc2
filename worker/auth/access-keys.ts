import type { HonoJsonWebKey } from "hono/utils/jwt/jws";
import { ShortCache } from "./short-cache.ts";

type Jwk = HonoJsonWebKey;

/** Access turns its keys every six weeks, and the one before stays good for a week. */
const keySets = new ShortCache<Jwk[]>({ freshMs: 3_600_000, usableMs: 24 * 3_600_000, maxEntries: 10 });
/** A token signed with a key that nobody knows makes the set be read again, at most this often. */
const READ_AGAIN_MS = 60_000;
const askedMs = new Map<string, number>();

/** The public keys of a team, by which its tokens are signed; read again where none has this id. */
export async function accessKeys(issuer: string, keyId: string, nowMs: number): Promise<Jwk[]> {
  const read = () => fetchKeys(issuer);
  const keys = (await keySets.get(issuer, nowMs, read)) ?? [];
  if (keys.some(({ kid }) => kid === keyId) || nowMs - (askedMs.get(issuer) ?? 0) < READ_AGAIN_MS) return keys;
  askedMs.set(issuer, nowMs);
  keySets.forget(issuer);
  return (await keySets.get(issuer, nowMs, read)) ?? [];
}

async function fetchKeys(issuer: string): Promise<Jwk[]> {
  const response = await fetch(`${issuer}/cdn-cgi/access/certs`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the keys of ${issuer} were answered with ${response.status}`);
  const { keys } = (await response.json()) as { keys?: Jwk[] };
  if (!Array.isArray(keys)) throw new Error(`${issuer} answered no list of keys`);
  return keys;
}
