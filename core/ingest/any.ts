import { ok, type Result, refuse } from "../result.ts";
import { sniff } from "./any/sniff.ts";
import { serviceOfRequest } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import type { Decoded, IngestRefusal, IngestRequest, Outcome, Protocol, Refused, RequestHead } from "./protocol.ts";
import { emptyReply, errorBody, jsonReply, mayRepeat, refusalReply, retryAfter } from "./reply.ts";

/**
 * `POST /ingest/:service`: whatever a sender has. The body says what it is, whatever the headers claim.
 */
export const any: Protocol = {
  name: "any",
  mount: "/ingest",
  handshake: ({ method }) => (method === "OPTIONS" ? emptyReply(204, { allow: "POST, PUT, GET" }) : undefined),
  decode: decodeAny,
  refuse: refuseAny,
};

function decodeAny(request: IngestRequest): Result<Decoded, IngestRefusal> {
  const service = serviceOfRequest(request, /$/) ?? "any";
  const sniffed = sniff(request);
  if (!sniffed.ok) return sniffed;
  const { entries, recognised, declaredJson, hint, answer } = sniffed.value;
  if (entries.length > MAX_ENTRIES)
    return refuse("too_many_lines", `a request may have ${MAX_ENTRIES} lines; send smaller batches`);
  return ok({
    batches: [{ service, entries, declaredJson }],
    recognised,
    hint,
    answer: answer ?? ((outcome: Outcome) => jsonReply(200, { ...outcome, recognised, hint })),
  });
}

/**
 * syslog-ng's http() repeats 400 and 413 for ever and stops its queue behind them; on 422 it lets the batch go.
 * Source: modules/http/http-worker.c of syslog-ng 3.38.
 */
function refuseAny(refused: Refused, request: RequestHead): ReturnType<Protocol["refuse"]> {
  const isSyslogNg = request.header("user-agent")?.startsWith("syslog-ng") ?? false;
  if (isSyslogNg && LETS_GO.has(refused.code)) return jsonReply(422, errorBody(refused));
  return mayRepeat(refused) ? jsonReply(503, errorBody(refused), retryAfter(refused)) : refusalReply(refused);
}

const LETS_GO: ReadonlySet<Refused["code"]> = new Set([
  "empty_body",
  "binary_body",
  "undecodable_body",
  "invalid_encoding",
  "payload_too_large",
  "too_many_lines",
]);
