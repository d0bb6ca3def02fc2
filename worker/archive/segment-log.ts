import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { settings } from "../../migrations/control.ts";
import type { Env } from "../env.ts";
import { hexOf } from "./put-segment.ts";
import type { KnownService } from "./seal-service.ts";

/** What happened to an object of the archive. */
export interface LogEntry {
  action: "added" | "removed";
  key: string;
  /** SHA-256 of the object. */
  hash: string;
  records: number;
  /** Of an addition the segment's kind, of a removal why. */
  reason: string;
}

export interface LinkedEntry extends LogEntry {
  number: number;
  atMs: number;
  link: string;
}

const KEY_NAME = "archive:signing-key";
/** What the first entry follows. */
export const FIRST_LINK = "";
const MAX_LINKED = 500;

const SELECT_HEAD = "SELECT number, link FROM segment_log WHERE service_id = ?1 ORDER BY number DESC LIMIT 1";
const SELECT_UNLINKED = `SELECT key, hash, records, kind AS reason FROM segments
WHERE service_id = ?1 AND linked = 0 ORDER BY received_from_ms, key LIMIT ${MAX_LINKED}`;
const MARK_LINKED = "UPDATE segments SET linked = 1 WHERE service_id = ?1 AND key IN (SELECT value FROM json_each(?2))";
// Plain: two that append at once have the same number, and one of them fails as a whole.
const INSERT_ENTRY =
  "INSERT INTO segment_log (service_id, number, at_ms, action, key, hash, records, reason, link) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

/**
 * Writes into a service's log which segments there are that it does not know yet. Each entry's link is an HMAC over the entry and
 * the link before it, with a key that only CONTROL has: nobody takes one out, or changes one, without the rest not fitting.
 */
export async function linkSegments(env: Env, service: KnownService, nowMs: number): Promise<number> {
  const { results } = await env.DB.prepare(SELECT_UNLINKED).bind(service.id).all<Omit<LogEntry, "action">>();
  if (results.length === 0) return 0;
  const entries = results.map((row) => ({ action: "added" as const, ...row }));
  await env.DB.batch([
    ...(await appendEntries(env, service, entries, nowMs)),
    env.DB.prepare(MARK_LINKED).bind(service.id, JSON.stringify(results.map(({ key }) => key))),
  ]);
  return results.length;
}

/** Statements that append to a service's log; to be run in the transaction that does what they tell. */
export async function appendEntries(
  env: Env,
  { id }: KnownService,
  entries: readonly LogEntry[],
  nowMs: number,
): Promise<D1PreparedStatement[]> {
  const head = await env.DB.prepare(SELECT_HEAD).bind(id).first<{ number: number; link: string }>();
  const key = await signingKey(env);
  let { number, link } = head ?? { number: 0, link: FIRST_LINK };
  const statements: D1PreparedStatement[] = [];
  for (const entry of entries) {
    number++;
    link = await linkOf(key, link, { ...entry, number, atMs: nowMs });
    const { action, key: object, hash, records, reason } = entry;
    statements.push(env.DB.prepare(INSERT_ENTRY).bind(id, number, nowMs, action, object, hash, records, reason, link));
  }
  return statements;
}

export async function linkOf(key: CryptoKey, before: string, entry: Omit<LinkedEntry, "link">): Promise<string> {
  const { number, atMs, action, key: object, hash, records, reason } = entry;
  const text = JSON.stringify([before, number, atMs, action, object, hash, records, reason]);
  return hexOf(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text)));
}

/** Made when it is first needed, and kept where the SQL console cannot read it. */
export async function signingKey({ CONTROL }: Env): Promise<CryptoKey> {
  const db = drizzle(CONTROL);
  const fresh = hexOf(crypto.getRandomValues(new Uint8Array(32)).buffer);
  await db
    .insert(settings)
    .values({ key: KEY_NAME, value: JSON.stringify(fresh), updatedMs: Date.now() })
    .onConflictDoNothing();
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY_NAME));
  const secret = new TextEncoder().encode(JSON.parse(row!.value) as string);
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
