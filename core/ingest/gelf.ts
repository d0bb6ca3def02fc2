import { setAttr } from "../fields/bounded.ts";
import type { FieldEntry } from "../record.ts";
import { ok, type Result, refuse } from "../result.ts";
import { Grouped, serviceOfRequest } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import { nanosOfSeconds } from "./nanos-of-seconds.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol } from "./protocol.ts";
import { emptyReply, refusalReply } from "./reply.ts";
import { itemsOfList, splitJson } from "./split-json.ts";
import { textOf } from "./text-of.ts";

/** Graylog's GELF over HTTP: one message a request, or several after one another. */
export const gelf: Protocol = {
  name: "gelf",
  mount: "/gelf",
  losesRefused: () => true,
  decode: decodeGelf,
  refuse: refusalReply,
};

function decodeGelf(request: IngestRequest): Result<Decoded, IngestRefusal> {
  // GELF's own terminator between messages is a zero byte.
  const text = textOf(request.body).replaceAll("\0", "\n");
  const messages = itemsOfList(text, MAX_ENTRIES) ?? splitJson(text, MAX_ENTRIES);
  if (messages.length === 0) return refuse("empty_body", "the body holds no message");
  if (messages.length > MAX_ENTRIES) return refuse("too_many_lines", `a request may have ${MAX_ENTRIES} messages`);
  const named = serviceOfRequest(request, /\/?$/);
  const grouped = new Grouped(named ?? "gelf");
  for (const message of messages) {
    const entry = gelfEntry(message);
    if (entry === undefined) return refuse("undecodable_body", `message ${grouped.count} is no JSON object`);
    grouped.add(named ?? serviceOf(entry), entry);
  }
  return ok({ batches: grouped.batches, recognised: "gelf", answer: () => emptyReply(202) });
}

/** Additional fields lose the `_` that only keeps them apart from GELF's own. Source: GELF payload specification 1.1. */
function gelfEntry(json: string): FieldEntry | undefined {
  let message: unknown;
  try {
    message = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) return undefined;
  const fields: Record<string, unknown> = {};
  const { version: _version, timestamp, short_message: text, ...rest } = message as Record<string, unknown>;
  for (const [name, value] of Object.entries(rest)) {
    const plain = name.startsWith("_") && name.length > 1 && !Object.hasOwn(rest, name.slice(1)) ? name.slice(1) : name;
    setAttr(fields, plain, value);
  }
  const entry: FieldEntry = { fields };
  const timeNs = nanosOfSeconds(timestamp);
  if (timeNs !== undefined) entry.timeNs = timeNs;
  if (typeof text === "string") entry.text = text;
  else if (text !== undefined) fields.short_message = text;
  return entry;
}

function serviceOf({ fields }: FieldEntry): string | undefined {
  const word = fields.service ?? fields.app ?? fields.application ?? fields.facility;
  return typeof word === "string" ? word : undefined;
}
