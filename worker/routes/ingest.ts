import { type Context, Hono } from "hono";
import { addCounts } from "../../core/add-counts.ts";
import type { Quota } from "../../core/delivery/message.ts";
import type { Outcome, Protocol, RefusalCode, Refused, RequestHead } from "../../core/ingest/protocol.ts";
import { PROTOCOLS } from "../../core/ingest/registry.ts";
import { checkMaySend } from "../auth/may-send.ts";
import type { Principal } from "../auth/principal.ts";
import { checkSender, checkStillHolds } from "../auth/require.ts";
import type { AppEnv } from "../env.ts";
import { ApiError, refusedOf } from "../errors.ts";
import { dryRun } from "../ingest/dry-run.ts";
import { ingestBatch, type StoredBatch } from "../ingest/ingest-batch.ts";
import { ingestSocket } from "../ingest/ingest-socket.ts";
import { originOfContent, originOfKey } from "../ingest/origin-of.ts";
import { readBody } from "../ingest/read-body.ts";
import { headOf, withBody } from "../ingest/request-of.ts";
import { toResponse } from "../ingest/to-response.ts";
import { meter } from "../metrics/meter.ts";
import { checkServiceName } from "../query/question.ts";

/**
 * Every way to send. A protocol decodes and answers in its own words; what lies between, from the key to the stream, is the
 * same for all. Whatever is thrown becomes the protocol's own refusal: its senders must neither lose, nor loop, nor double.
 */
export const ingest = new Hono<AppEnv>();
for (const protocol of PROTOCOLS) {
  ingest.all(`${protocol.mount}/*`, (c) => answer(c, protocol));
  ingest.all(protocol.mount, (c) => answer(c, protocol));
}

/** Each is a stream of its own, asked in turn. */
export const MAX_SERVICES_A_REQUEST = 500;
const MAX_SESSION_CHARS = 128;

async function answer(c: Context<AppEnv>, protocol: Protocol): Promise<Response> {
  const head = headOf(c.req.raw, protocol.mount, Date.now());
  try {
    if (protocol.name === "any" && head.method === "GET") return await socket(c, head);
    const greeting = protocol.handshake?.(head);
    if (greeting) return await toResponse(greeting);
    return await take(c, protocol, head, await checkSender(c, protocol.name === "beacon"));
  } catch (error) {
    const refused = refusedOf(error, c.var.requestId);
    if (!refused) throw error;
    meter.count("weir_ingest_refused_requests_total", { protocol: protocol.name, code: refused.code });
    return await toResponse(protocol.refuse(refused as Refused & { code: RefusalCode }, head));
  }
}

async function take(c: Context<AppEnv>, protocol: Protocol, head: RequestHead, sender: Principal): Promise<Response> {
  if (protocol.name === "any") {
    if (head.method !== "POST" && head.method !== "PUT")
      throw new ApiError("method_not_allowed", "send lines with POST or PUT");
    checkServiceName(head.path.slice(1));
    checkMaySend(sender, head.path.slice(1));
  }
  const body = await readBody(c.req.raw);
  meter.count("weir_ingest_body_bytes_total", { protocol: protocol.name }, body.length);
  const decoded = protocol.decode(withBody(head, body));
  if (!decoded.ok) throw new ApiError(decoded.reason, decoded.detail);
  if (decoded.value.batches.length > MAX_SERVICES_A_REQUEST)
    throw new ApiError("too_many_lines", `a request may be for ${MAX_SERVICES_A_REQUEST} services`);
  // All of them before any is stored: a request is taken whole or not at all.
  for (const { service } of decoded.value.batches) {
    checkServiceName(service);
    checkMaySend(sender, service);
  }
  if (isDry(head)) return c.json(await dryRun(c.env, decoded.value, head.nowMs));

  const outcome: Outcome &
    Partial<Pick<StoredBatch, "batch" | "joined">> & { seq?: StoredBatch["seq"] | null; repeated?: true } = {
    accepted: 0,
    dropped: {},
    refused: [],
  };
  let offset = 0;
  for (const { service, entries, declaredJson } of decoded.value.batches) {
    const key = await originOfKey(head.header("idempotency-key"), service, body);
    const stored = await ingestBatch(c.env, {
      service,
      entries,
      receivedMs: head.nowMs,
      declaredJson,
      losesRefused: protocol.losesRefused?.(head),
      quota: quotaOf(sender),
      // Of the protocols only a beacon is sent by whom its records speak of.
      requestCountry: protocol.name === "beacon" ? head.header("cf-ipcountry") : undefined,
      originOf: (records) => key ?? originOfContent(records, service, body),
    });
    outcome.accepted += stored.accepted;
    addCounts(outcome.dropped, stored.dropped);
    for (const { index, reason } of stored.refused) outcome.refused.push({ index: index + offset, reason });
    offset += entries.length;
    // The names of what was stored; a request for several services has no single one.
    outcome.batch = stored.batch;
    outcome.seq = stored.seq ?? null;
    if (stored.joined > 0) outcome.joined = (outcome.joined ?? 0) + stored.joined;
    if (stored.isRepeated) outcome.repeated = true;
  }
  return toResponse(decoded.value.answer(outcome));
}

async function socket(c: Context<AppEnv>, head: RequestHead): Promise<Response> {
  const sender = await checkSender(c, false);
  const service = head.path.slice(1);
  checkServiceName(service);
  checkMaySend(sender, service);
  if (c.req.header("Upgrade")?.toLowerCase() !== "websocket")
    throw new ApiError("upgrade_required", "POST lines here, or open a WebSocket");
  const session = c.req.query("session") || crypto.randomUUID();
  if (session.length > MAX_SESSION_CHARS)
    throw new ApiError("invalid_request", `a session's name may have ${MAX_SESSION_CHARS} characters`);
  return ingestSocket(c.env, service, session, { quota: quotaOf(sender), check: () => checkStillHolds(c.env, sender) });
}

/** How much the holder of a key may send on this day. */
export const quotaOf = ({ keyId, dailyRecords }: Principal): Quota | undefined =>
  keyId === undefined || dailyRecords === undefined ? undefined : { name: keyId, limit: dailyRecords };

const isDry = (head: RequestHead): boolean => ["1", "true"].includes(head.query("dry") ?? "");
