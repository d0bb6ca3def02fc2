import { Hono } from "hono";
import { audit } from "../auth/audit.ts";
import { closeWatchers } from "../auth/close-watchers.ts";
import { digestOf, hexOf } from "../auth/digest.ts";
import { newKeySchema, rotationSchema } from "../auth/key-request.ts";
import { allKeys, countKeys, findById, insertKey, replaceKey, revokeKey, type StoredKey } from "../auth/key-rows.ts";
import { newKeyText } from "../auth/key-text.ts";
import { forgetKeys } from "../auth/known-keys.ts";
import { requireAdmin } from "../auth/require.ts";
import type { AppEnv, Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { validJson } from "../validate.ts";

/** Keys that are not revoked. */
export const MAX_KEYS = 1_000;

const KEY = { id: "…", name: "rsyslog of web-1", prefix: "…", scope: "ingest", revoked: null };
const list = describe({
  tag: "Keys and people",
  summary: "Every key without its secret.",
  example: { after: "POST /api/keys" },
  answer: { keys: [KEY] },
});
const create = describe({
  tag: "Keys and people",
  summary: "Makes a key, and shows it this once.",
  status: 201,
  example: { body: { name: "rsyslog of web-1", scope: "ingest", services: ["web"] } },
  answer: { key: "…", ...KEY },
});
const rotate = describe({
  tag: "Keys and people",
  summary: "Makes a key's successor, while the old one holds for a while longer.",
  params: { id: "The key's id." },
  status: 201,
  example: { after: "POST /api/keys", params: { id: "$.id" }, body: { overlapSeconds: 3_600 } },
  answer: { key: "…", ...KEY, replaces: "…" },
});
const revoke = describe({
  tag: "Keys and people",
  summary: "Revokes a key, everywhere within 30 s.",
  params: { id: "The key's id." },
  example: { after: "POST /api/keys", params: { id: "$.id" } },
  answer: { ...KEY, revoked: "2026-11-22T10:00:00.000Z" },
});

/**
 * GET /api/keys: every key without its secret. POST: makes one, and shows it this once. POST …/:id/rotate: makes its
 * successor, while the old one holds for `overlapSeconds` more. DELETE …/:id: revokes.
 */
export const keys = new Hono<AppEnv>()
  .use(requireAdmin)
  .get("/", list, async (c) => c.json({ keys: (await allKeys(c.env)).map(keyJson) }))
  .post("/", create, validJson(newKeySchema), async (c) => {
    const { name, scope, services, origins, dailyRecords, expires } = c.req.valid("json");
    if ((await countKeys(c.env)) >= MAX_KEYS)
      throw new ApiError("too_many_keys", `there may be ${MAX_KEYS} keys: revoke one`);
    const nowMs = Date.now();
    const { text, hash, key } = await newKey(c.var.principal!.name, nowMs, {
      name,
      scope,
      services,
      origins,
      dailyRecords: dailyRecords ?? null,
      expiresMs: expires ?? null,
    });
    await insertKey(c.env, key, hash);
    await audit(c, { action: "key.create", target: key.id, detail: { ...keyJson(key) } });
    return c.json({ key: text, ...keyJson(key) }, 201);
  })
  .post("/:id/rotate", rotate, validJson(rotationSchema), async (c) => {
    const { overlapSeconds } = c.req.valid("json");
    const old = await storedKey(c.env, c.req.param("id"));
    const nowMs = Date.now();
    if (old.revokedMs !== null || (old.expiresMs !== null && old.expiresMs <= nowMs) || old.replacedBy !== null)
      throw new ApiError("invalid_request", "only a key that holds, and has no successor yet, can be rotated");
    // The successor lives as long as its predecessor was meant to.
    const lifeMs = old.expiresMs === null ? null : old.expiresMs - old.createdMs;
    const { text, hash, key } = await newKey(c.var.principal!.name, nowMs, {
      ...old,
      expiresMs: lifeMs === null ? null : nowMs + lifeMs,
    });
    const endMs = Math.min(nowMs + overlapSeconds * 1_000, old.expiresMs ?? Number.POSITIVE_INFINITY);
    await replaceKey(c.env, old.id, endMs, key, hash);
    forgetKeys();
    await audit(c, { action: "key.rotate", target: old.id, detail: { successor: key.id, overlapSeconds } });
    return c.json({ key: text, ...keyJson(key), replaces: old.id, oldExpires: isoOf(endMs) }, 201);
  })
  .delete("/:id", revoke, async (c) => {
    const { id } = await storedKey(c.env, c.req.param("id"));
    await revokeKey(c.env, id, Date.now());
    forgetKeys();
    await closeWatchers(c.env, { keyId: id });
    await audit(c, { action: "key.revoke", target: id });
    return c.json(keyJson(await storedKey(c.env, id)));
  });

type Wanted = Pick<StoredKey, "name" | "scope" | "services" | "origins" | "dailyRecords" | "expiresMs">;

async function newKey(
  createdBy: string,
  createdMs: number,
  { name, scope, services, origins, dailyRecords, expiresMs }: Wanted,
): Promise<{ text: string; hash: string; key: StoredKey }> {
  const { text, prefix } = newKeyText(scope);
  const key: StoredKey = {
    id: crypto.randomUUID(),
    name,
    prefix,
    scope,
    services,
    origins,
    dailyRecords,
    createdMs,
    createdBy,
    expiresMs,
    revokedMs: null,
    lastUsedMs: null,
    replacedBy: null,
  };
  return { text, hash: hexOf(await digestOf(text)), key };
}

async function storedKey(env: Env, id: string): Promise<StoredKey> {
  const key = await findById(env, id);
  if (!key) throw new ApiError("not_found", "no such key");
  return key;
}

const keyJson = ({ createdMs, expiresMs, revokedMs, lastUsedMs, ...key }: StoredKey) => ({
  ...key,
  created: isoOf(createdMs),
  expires: isoOf(expiresMs),
  revoked: isoOf(revokedMs),
  lastUsed: isoOf(lastUsedMs),
});

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
