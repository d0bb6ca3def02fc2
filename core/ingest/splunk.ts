import { ok, type Result, refuse } from "../result.ts";
import { linesOf } from "./any/lines.ts";
import { Grouped, serviceOfRequest } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import type {
  Decoded,
  IngestRefusal,
  IngestRequest,
  Protocol,
  RefusalCode,
  Refused,
  Reply,
  RequestHead,
} from "./protocol.ts";
import { jsonReply, mayRepeat, retryAfter, statusOf } from "./reply.ts";
import { splitJson } from "./split-json.ts";
import { hecEvent } from "./splunk/event.ts";
import { textOf } from "./text-of.ts";

/** Splunk's HTTP Event Collector: events, raw lines, health, acknowledgements. */
export const splunk: Protocol = {
  name: "splunk",
  mount: "/splunk",
  handshake,
  losesRefused: () => true,
  decode: decodeSplunk,
  refuse: refuseSplunk,
};

const SUFFIX = /\/services\/collector(?:\/(?:event|raw))?(?:\/1\.0)?\/?$/;

/** Source: Splunk, "Troubleshoot HTTP Event Collector", table of status codes. */
function handshake({ method, path }: RequestHead): Reply | undefined {
  if (/\/collector\/health(?:\/1\.0)?\/?$/.test(path)) return jsonReply(200, { text: "HEC is healthy", code: 17 });
  // Acknowledged means durable here, so that whatever is asked for has been indexed.
  if (/\/collector\/ack\/?$/.test(path) && method === "POST") return jsonReply(200, { acks: { 0: true } });
  return undefined;
}

function decodeSplunk(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (!SUFFIX.test(request.path)) return refuse("not_found", "events are taken at /services/collector");
  const text = textOf(request.body);
  if (text.trim() === "") return refuse("empty_body", "the body holds no event");
  const named = serviceOfRequest(request, SUFFIX);
  const grouped = new Grouped(named ?? "splunk");
  const isRaw = /\/raw(?:\/1\.0)?\/?$/.test(request.path);
  if (isRaw) addRawLines(text, request, grouped, named);
  else {
    // Loggers give their metadata with the first event alone.
    let label: string | undefined;
    for (const json of splitJson(text, MAX_ENTRIES)) {
      const event = hecEvent(json);
      if (event === undefined) return refuse("undecodable_body", `event ${grouped.count} is no object with an event`);
      label = event.service ?? label;
      grouped.add(named ?? label, event.entry);
    }
  }
  if (grouped.count > MAX_ENTRIES) return refuse("too_many_lines", `a request may have ${MAX_ENTRIES} events`);
  return ok({
    batches: grouped.batches,
    recognised: isRaw ? "splunk_raw" : "splunk_event",
    answer: () =>
      jsonReply(200, { text: "Success", code: 0, ...(request.header("x-splunk-request-channel") ? { ackId: 0 } : {}) }),
  });
}

function addRawLines(text: string, request: IngestRequest, grouped: Grouped, named: string | undefined): void {
  const host = request.query("host");
  const label = named ?? request.query("source") ?? request.query("sourcetype") ?? request.query("index");
  for (const line of linesOf(text, request).entries) {
    grouped.add(label, host === undefined ? line : { fields: { host }, text: line as string });
  }
}

/** HEC's own number for each way to say no; senders show it. */
const CODES: Partial<Record<RefusalCode, [code: number, text: string]>> = {
  unauthorized: [4, "Invalid token"],
  forbidden: [1, "Token disabled"],
  empty_body: [5, "No data"],
  undecodable_body: [6, "Invalid data format"],
  binary_body: [6, "Invalid data format"],
  invalid_encoding: [6, "Invalid data format"],
  too_many_lines: [27, "Request entity too large"],
  payload_too_large: [27, "Request entity too large"],
  overloaded: [9, "Server is busy"],
  rate_limited: [9, "Server is busy"],
};

function refuseSplunk(refused: Refused): Reply {
  const [code, text] = CODES[refused.code] ?? [8, refused.message];
  return jsonReply(statusOf(refused), { text, code }, mayRepeat(refused) ? retryAfter(refused) : {});
}
