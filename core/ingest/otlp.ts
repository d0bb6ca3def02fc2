import { ok, type Result, refuse } from "../result.ts";
import { Grouped, serviceOfRequest } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import type { Labelled } from "./loki/json.ts";
import { otlpJsonEntries } from "./otlp/json.ts";
import { otlpProtobufEntries } from "./otlp/protobuf.ts";
import { partialSuccess, statusMessage } from "./otlp/replies.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol, Refused, Reply, RequestHead } from "./protocol.ts";
import { jsonReply, mayRepeat, retryAfter, statusOf } from "./reply.ts";
import { textOf } from "./text-of.ts";

/** OpenTelemetry logs over HTTP, protobuf and JSON, answered in the encoding of the request. */
export const otlp: Protocol = { name: "otlp", mount: "/otlp", decode: decodeOtlp, refuse: refuseOtlp };

const SUFFIX = /\/v1\/logs\/?$/;
const PROTOBUF = "application/x-protobuf";

function decodeOtlp(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (!SUFFIX.test(request.path)) return refuse("not_found", "only logs are taken, at /v1/logs");
  const isJson = isJsonRequest(request);
  const entries = isJson ? entriesOfJson(request.body) : otlpProtobufEntries(request.body);
  if (entries === undefined)
    return refuse("undecodable_body", `the body is no ExportLogsServiceRequest in ${isJson ? "JSON" : "protobuf"}`);
  if (entries.length > MAX_ENTRIES) return refuse("too_many_lines", `a request may have ${MAX_ENTRIES} log records`);
  const service = serviceOfRequest(request, SUFFIX);
  const grouped = new Grouped(service ?? "otlp");
  for (const [label, entry] of entries) grouped.add(service ?? label, entry);
  return ok({
    batches: grouped.batches,
    recognised: isJson ? "otlp_json" : "otlp_protobuf",
    answer: ({ refused }) => {
      const message = refused.length === 0 ? "" : `${refused.length} records: ${refused[0]!.reason}`;
      return isJson
        ? jsonReply(
            200,
            refused.length === 0
              ? {}
              : { partialSuccess: { rejectedLogRecords: String(refused.length), errorMessage: message } },
          )
        : { status: 200, headers: { "content-type": PROTOBUF }, body: partialSuccess(refused.length, message) };
    },
  });
}

/** By the body first: an object begins with `{`, and no message of this kind does. */
function isJsonRequest(request: Pick<IngestRequest, "header"> & { body?: Uint8Array }): boolean {
  const first = request.body?.find((byte) => byte > 32);
  if (first !== undefined && request.body![0] !== 0x0a) return first === 0x7b;
  return /json/.test(request.header("content-type") ?? "");
}

function entriesOfJson(body: Uint8Array): Labelled[] | undefined {
  try {
    const request: unknown = JSON.parse(textOf(body));
    return typeof request === "object" && request !== null
      ? otlpJsonEntries(request as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What may be repeated is 503 with a short wait: exporters drop the batch on 500, and on a wait past their 10 s deadline. */
function refuseOtlp(refused: Refused, request: RequestHead): Reply {
  const headers = mayRepeat(refused)
    ? { "retry-after": String(Math.min(Number(retryAfter(refused)["retry-after"]), 2)) }
    : undefined;
  if (isJsonRequest(request)) return jsonReply(statusOf(refused), { message: refused.message }, headers);
  return {
    status: statusOf(refused),
    headers: { "content-type": PROTOBUF, ...headers },
    body: statusMessage(refused.message),
  };
}
