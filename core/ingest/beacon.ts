import { ok, type Result, refuse } from "../result.ts";
import { beaconEntry } from "./beacon/entry.ts";
import { serviceOfRequest } from "./grouped.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol, Refused, Reply, RequestHead } from "./protocol.ts";
import { emptyReply, refusalReply } from "./reply.ts";
import { textOf } from "./text-of.ts";

/** What a page sends of itself: views, errors, web vitals; see clients/beacon/beacon.js. */
export const beacon: Protocol = {
  name: "beacon",
  mount: "/beacon",
  handshake,
  decode: decodeBeacon,
  refuse: refuseBeacon,
};

/** A page sends few events at a time; more is no page. */
const MAX_EVENTS = 200;

/** sendBeacon with text/plain asks for no leave before; scripts that send JSON do. */
function handshake({ method, header }: RequestHead): Reply | undefined {
  if (method !== "OPTIONS") return undefined;
  return emptyReply(204, {
    ...crossOrigin(header("origin")),
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "86400",
  });
}

function decodeBeacon(request: IngestRequest): Result<Decoded, IngestRefusal> {
  let events: unknown;
  try {
    events = JSON.parse(textOf(request.body));
  } catch {
    return refuse(
      request.body.length === 0 ? "empty_body" : "undecodable_body",
      "a beacon holds one event or a list of them in JSON",
    );
  }
  const list = Array.isArray(events) ? events : [events];
  if (list.length > MAX_EVENTS) return refuse("too_many_lines", `a beacon may have ${MAX_EVENTS} events`);
  const entries = list.filter(isObject).map((event) => beaconEntry(event, request));
  const service = serviceOfRequest(request, /\/?$/) ?? "beacon";
  return ok({
    batches: [{ service, entries }],
    recognised: "beacon",
    answer: () => emptyReply(204, crossOrigin(request.header("origin"))),
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Nobody reads the answer, but without these headers browsers write an error to the page's console. */
const crossOrigin = (origin: string | undefined): Record<string, string> => ({
  "access-control-allow-origin": origin ?? "*",
  vary: "origin",
});

function refuseBeacon(refused: Refused, { header }: RequestHead): Reply {
  const reply = refusalReply(refused);
  return { ...reply, headers: { ...reply.headers, ...crossOrigin(header("origin")) } };
}
