import { ok, type Result, refuse } from "../result.ts";
import { Grouped, serviceOfRequest } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import { type Labelled, lokiJsonEntries } from "./loki/json.ts";
import { lokiProtobufEntries } from "./loki/protobuf.ts";
import { snappyDecoded } from "./loki/snappy.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol } from "./protocol.ts";
import { emptyReply, refusalReply, textReply } from "./reply.ts";
import { textOf } from "./text-of.ts";

/** Loki's push API: JSON, and protobuf in a snappy block. */
export const loki: Protocol = {
  name: "loki",
  mount: "/loki",
  handshake: ({ method, path }) =>
    method !== "POST" && path.endsWith("/ready") ? textReply(200, "ready\n") : undefined,
  // pino-loki sends by the fetch of Node, and never again
  losesRefused: ({ header }) => header("user-agent") === "node",
  decode: decodeLoki,
  refuse: refusalReply,
};

const SUFFIX = /(?:\/loki)?\/api\/v1\/push\/?$|(?:\/api\/prom)?\/push\/?$/;
/** As a body after decompression elsewhere. */
const MAX_PLAIN_BYTES = 40_000_000;

function decodeLoki(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (!SUFFIX.test(request.path)) return refuse("not_found", "pushes are taken at /api/v1/push");
  if (request.body.length === 0) return refuse("empty_body", "a push holds streams");
  const isJson = request.body[0] === 0x7b || /json/.test(request.header("content-type") ?? "");
  const entries = isJson ? entriesOfJson(request.body) : entriesOfProtobuf(request.body);
  if (entries === undefined)
    return refuse(
      "undecodable_body",
      isJson ? "the body is no JSON push" : "the body is no snappy block with a PushRequest",
    );
  if (entries.length > MAX_ENTRIES) return refuse("too_many_lines", `a push may have ${MAX_ENTRIES} lines`);
  const service = serviceOfRequest(request, SUFFIX);
  const grouped = new Grouped(service ?? "loki");
  for (const [label, entry] of entries) grouped.add(service ?? label, entry);
  // 204 whatever was refused: a client that reads 400 sends the whole push again, or drops it.
  return ok({
    batches: grouped.batches,
    recognised: isJson ? "loki_json" : "loki_protobuf",
    answer: () => emptyReply(204),
  });
}

function entriesOfJson(body: Uint8Array): Labelled[] | undefined {
  try {
    const push: unknown = JSON.parse(textOf(body));
    return typeof push === "object" && push !== null ? lokiJsonEntries(push as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function entriesOfProtobuf(body: Uint8Array): Labelled[] | undefined {
  const plain = snappyDecoded(body, MAX_PLAIN_BYTES);
  return plain && lokiProtobufEntries(plain);
}
