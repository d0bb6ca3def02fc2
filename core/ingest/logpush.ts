import { ok, type Result } from "../result.ts";
import { any } from "./any.ts";
import { serviceOfRequest } from "./grouped.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol } from "./protocol.ts";
import { jsonReply, refusalReply } from "./reply.ts";

/** Cloudflare Logpush to an HTTP destination: NDJSON, and a probe when the job is made. */
export const logpush: Protocol = { name: "logpush", mount: "/logpush", decode: decodeLogpush, refuse: refusalReply };

/** The object `{"content":"tests"}` that a new job sends to see whether the destination answers. Source: Logpush, "Enable HTTP destination". */
const PROBE = /^\s*\{\s*"content"\s*:\s*"tests?"\s*\}\s*$/;
/** Longer bodies are no probes. */
const MAX_PROBE = 64;

function decodeLogpush(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (request.body.length <= MAX_PROBE && PROBE.test(new TextDecoder().decode(request.body))) {
    return ok({ batches: [], recognised: "logpush_probe", answer: () => jsonReply(200, { ok: true }) });
  }
  const decoded = any.decode(request);
  if (!decoded.ok) return decoded;
  const service = serviceOfRequest(request, /\/?$/) ?? "logpush";
  const batches = decoded.value.batches.map((batch) => ({ ...batch, service }));
  return ok({
    ...decoded.value,
    batches,
    recognised: "logpush",
    answer: ({ accepted }) => jsonReply(200, { accepted }),
  });
}
