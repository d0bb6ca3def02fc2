import { and, asc, count, eq, isNull, lt, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { apiKeys } from "../../migrations/control.ts";
import type { Env } from "../env.ts";
import type { Scope } from "./principal.ts";

export type KeyRow = typeof apiKeys.$inferSelect;

/** A key as the Worker uses it, and as people see it: everything but its hash. */
export interface StoredKey extends Omit<KeyRow, "hash" | "services" | "origins"> {
  scope: Scope;
  services: string[];
  origins: string[];
}

/** A key's last use is written at most this often. */
export const TOUCH_EVERY_MS = 60_000;

export const findByHash = (env: Env, hash: string): Promise<StoredKey | undefined> =>
  findOne(env, eq(apiKeys.hash, hash));

export const findById = (env: Env, id: string): Promise<StoredKey | undefined> => findOne(env, eq(apiKeys.id, id));

export async function allKeys(env: Env): Promise<StoredKey[]> {
  const rows = await drizzle(env.CONTROL).select().from(apiKeys).orderBy(asc(apiKeys.createdMs), asc(apiKeys.id));
  return rows.map(storedKeyOf);
}

export async function countKeys(env: Env): Promise<number> {
  const [row] = await drizzle(env.CONTROL).select({ keys: count() }).from(apiKeys).where(isNull(apiKeys.revokedMs));
  return row?.keys ?? 0;
}

export async function insertKey(env: Env, key: StoredKey, hash: string): Promise<void> {
  await drizzle(env.CONTROL).insert(apiKeys).values(rowOf(key, hash));
}

/** The new key, and the end of the one it replaces: both or neither. */
export async function replaceKey(
  env: Env,
  oldId: string,
  expiresMs: number,
  key: StoredKey,
  hash: string,
): Promise<void> {
  const db = drizzle(env.CONTROL);
  await db.batch([
    db.insert(apiKeys).values(rowOf(key, hash)),
    db.update(apiKeys).set({ expiresMs, replacedBy: key.id }).where(eq(apiKeys.id, oldId)),
  ]);
}

/** A key that was revoked before keeps the time of that. */
export async function revokeKey(env: Env, id: string, nowMs: number): Promise<void> {
  await drizzle(env.CONTROL)
    .update(apiKeys)
    .set({ revokedMs: nowMs })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedMs)));
}

/** Writes when a key was used, unless another isolate has done so within TOUCH_EVERY_MS. */
export async function touchKey(env: Env, id: string, nowMs: number): Promise<void> {
  await drizzle(env.CONTROL)
    .update(apiKeys)
    .set({ lastUsedMs: nowMs })
    .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedMs), lt(apiKeys.lastUsedMs, nowMs - TOUCH_EVERY_MS))));
}

async function findOne(env: Env, where: ReturnType<typeof eq>): Promise<StoredKey | undefined> {
  const [row] = await drizzle(env.CONTROL).select().from(apiKeys).where(where).limit(1);
  return row && storedKeyOf(row);
}

const storedKeyOf = ({ hash: _hash, services, origins, ...row }: KeyRow): StoredKey => ({
  ...row,
  services: JSON.parse(services) as string[],
  origins: JSON.parse(origins) as string[],
});

const rowOf = ({ services, origins, ...key }: StoredKey, hash: string): KeyRow => ({
  ...key,
  hash,
  services: JSON.stringify(services),
  origins: JSON.stringify(origins),
});
