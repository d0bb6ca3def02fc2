import { ok, type Result, refuse } from "../result.ts";
import { datadogEntry } from "./datadog/entry.ts";
import { Grouped, serviceOfRequest } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol, Refused, Reply, RequestHead } from "./protocol.ts";
import { jsonReply, mayRepeat, retryAfter, statusOf } from "./reply.ts";
import { itemsOfList, splitJson } from "./split-json.ts";
import { textOf } from "./text-of.ts";

/** Datadog's logs intake, v2 and v1. */
export const datadog: Protocol = {
  name: "datadog",
  mount: "/datadog",
  handshake,
  losesRefused: () => true,
  decode: decodeDatadog,
  refuse: refuseDatadog,
};

const SUFFIX = /\/(?:api\/v2\/logs|v1\/input(?:\/[^/]*)?)\/?$/;

/** Agents look at the key before they send; it is judged with the first logs. */
function handshake({ path }: RequestHead): Reply | undefined {
  return path.endsWith("/api/v1/validate") ? jsonReply(200, { valid: true }) : undefined;
}

function decodeDatadog(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (!SUFFIX.test(request.path)) return refuse("not_found", "logs are taken at /api/v2/logs");
  const text = textOf(request.body);
  const items = itemsOfList(text, MAX_ENTRIES) ?? splitJson(text, MAX_ENTRIES);
  // The agent's probe of a connection is an empty object.
  if (text.trim() === "") return refuse("empty_body", "the body holds no log");
  if (items.length > MAX_ENTRIES) return refuse("too_many_lines", `a request may have ${MAX_ENTRIES} logs`);
  const named = serviceOfRequest(request, SUFFIX);
  const around = {
    service: request.query("service"),
    ddsource: request.query("ddsource"),
    ddtags: request.query("ddtags"),
    hostname: request.query("hostname"),
  };
  const grouped = new Grouped(named ?? "datadog");
  for (const item of items) {
    if (item === "{}") continue;
    const { service, entry } = datadogEntry(item, around);
    grouped.add(named ?? service, entry);
  }
  const isV1 = request.path.includes("/v1/input");
  return ok({
    batches: grouped.batches,
    recognised: isV1 ? "datadog_v1" : "datadog_v2",
    answer: () => jsonReply(isV1 ? 200 : 202, {}),
  });
}

function refuseDatadog(refused: Refused): Reply {
  return jsonReply(
    statusOf(refused),
    { errors: [{ status: String(statusOf(refused)), title: refused.code, detail: refused.message }] },
    mayRepeat(refused) ? retryAfter(refused) : {},
  );
}
