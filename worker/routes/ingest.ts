import { type Context, Hono } from "hono";
import type { Origin } from "../../core/delivery/message.ts";
import { recordJson } from "../../core/record-json.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { entriesOfBody } from "../ingest/entries-of-body.ts";
import { type Batch, ingestBatch, parseBatch } from "../ingest/ingest-batch.ts";
import { ingestSocket } from "../ingest/ingest-socket.ts";
import { readBody } from "../ingest/read-body.ts";
import { checkServiceName } from "../query/question.ts";

const MAX_KEY_CHARS = 256;

/**
 * POST (or PUT, which `curl -T` sends) /ingest/:service: lines of any format; `?dry=1` stores nothing and answers what it
 * would have stored. GET with an upgrade: the same as a socket.
 */
export const ingest = new Hono<AppEnv>()
  .on(["POST", "PUT"], "/:service", async (c) => {
    const service = c.req.param("service");
    checkServiceName(service);
    const receivedMs = Date.now();
    const body = await readBody(c.req.raw);
    if (body.length === 0) throw new ApiError("empty_body", "the body holds nothing");
    const entries = entriesOfBody(new TextDecoder().decode(body));
    const declaredJson = isJsonBody(c.req.header("Content-Type"), entries[0]);
    const batch: Batch = { service, entries, receivedMs, declaredJson, origin: await originOf(c, body) };

    if (isDry(c)) {
      const { records, dropped, refused } = await parseBatch(c.env, batch);
      return c.json({
        records: records.map((record, at) => recordJson({ service, shard: 0, seq: at + 1, record }, "memory")),
        recognised: records[0]?.parser ?? "nothing",
        dropped,
        refused,
      });
    }
    const { isRepeated, seq, ...stored } = await ingestBatch(c.env, batch);
    return c.json({ ...stored, seq: seq ?? null, ...(isRepeated ? { repeated: true } : {}) });
  })
  .get("/:service", (c) => {
    const service = c.req.param("service");
    checkServiceName(service);
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
      throw new ApiError("upgrade_required", "POST lines here, or open a WebSocket");
    }
    return ingestSocket(c.env, service, c.req.query("session") || crypto.randomUUID());
  });

const isDry = (c: Context<AppEnv>): boolean => ["1", "true"].includes(c.req.query("dry") ?? "");

/** Declared by its type, or begun with an object: a broken object among its lines is then a mistake, not a text. */
function isJsonBody(contentType: string | undefined, first: unknown): boolean {
  if (contentType !== undefined && /json/i.test(contentType)) return true;
  if (typeof first !== "string" || !first.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

/** `Idempotency-Key` makes a retry harmless for 24 hours; the body's hash tells a retry from a mistake. */
async function originOf(c: Context<AppEnv>, body: Uint8Array): Promise<Origin | undefined> {
  const key = c.req.header("Idempotency-Key");
  if (key === undefined || key === "") return undefined;
  if (key.length > MAX_KEY_CHARS) throw new ApiError("invalid_request", `an Idempotency-Key may have ${MAX_KEY_CHARS} characters`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return { kind: "key", key, bodyHash: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
