import { ok, type Result, refuse } from "../result.ts";
import { type BulkItem, bulkItems, serviceOfDocument } from "./elastic/bulk.ts";
import { handshake, isBulkPath, PRODUCT } from "./elastic/handshakes.ts";
import { Grouped } from "./grouped.ts";
import { MAX_ENTRIES } from "./limits.ts";
import type {
  Decoded,
  IngestRefusal,
  IngestRequest,
  Outcome,
  Protocol,
  Refused,
  Reply,
  RequestHead,
} from "./protocol.ts";
import { jsonReply, mayRepeat, retryAfter, statusOf } from "./reply.ts";
import { textOf } from "./text-of.ts";

/** Elasticsearch's bulk API, and what its clients ask before they use it. */
export const elastic: Protocol = {
  name: "elastic",
  mount: "/elastic",
  handshake,
  losesRefused: isRsyslog,
  decode: decodeElastic,
  refuse: refuseElastic,
};

/** `/_bulk`, `/INDEX/_bulk`, `/INDEX/TYPE/_bulk`; `/INDEX/_doc` for one document. */
const INDEX = /^\/([^/]+)\/(?:[^/]+\/)?_(?:bulk|doc|create)(?:\/|$)/;

function decodeElastic(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (!isBulkPath(request.path)) return refuse("not_found", "documents are taken at /_bulk");
  const text = textOf(request.body);
  if (text.trim() === "") return refuse("empty_body", "a bulk body holds actions");
  const isOne = !/_bulk\/?$/.test(request.path);
  const items = bulkItems(isOne ? `{"index":{}}\n${text.replaceAll("\n", " ")}` : text, MAX_ENTRIES);
  if (items === undefined) return refuse("undecodable_body", "a line that must be an action is none");
  if (items.length > MAX_ENTRIES) return refuse("too_many_lines", `a bulk body may have ${MAX_ENTRIES} actions`);
  if (isOne && items[0]?.isBroken) return refuse("undecodable_body", "the document is no JSON object");
  const index = INDEX.exec(request.path)?.[1];
  const named = request.query("service") ?? request.header("x-weir-service");
  const grouped = new Grouped("elastic");
  for (const item of items) {
    if (item.entry) grouped.add(named ?? serviceOfDocument(item.entry) ?? item.index ?? index, item.entry);
  }
  return ok({
    batches: grouped.batches,
    recognised: "elastic_bulk",
    answer: (outcome) => (isOne ? answerOne(items[0]!, index) : answerBulk(items, index, outcome)),
  });
}

/**
 * Every item is a success: one error makes winston-elasticsearch send the whole body again, up to 400 times, and rsyslog throws the
 * batch away. What could not be stored is counted here and shown on the pipeline page.
 *
 * Compact, and in this order: Fluent Bit looks for the text `"errors":false,"items":[`, Vector for `"errors":true`.
 */
function answerBulk(items: BulkItem[], index: string | undefined, _outcome: Outcome): Reply {
  return jsonReply(
    200,
    { took: 1, errors: false, items: items.map((item) => ({ [item.action]: resultOf(item, index) })) },
    PRODUCT,
  );
}

const answerOne = (item: BulkItem, index: string | undefined): Reply =>
  jsonReply(201, { ...resultOf(item, index), result: "created" }, PRODUCT);

const STATUS = { index: 201, create: 201, update: 200, delete: 404 } as const;

const resultOf = ({ action, index, id }: BulkItem, indexOfPath: string | undefined) => ({
  _index: index ?? indexOfPath ?? "weir",
  _id: id ?? "-",
  status: STATUS[action],
});

/**
 * Always JSON with the product header. rsyslog never looks at the status: an error in JSON makes it give the batch up, a page of
 * HTML double it; a broken answer alone makes it wait and send again.
 */
function refuseElastic(refused: Refused, request: RequestHead): Reply {
  const status = statusOf(refused);
  const error = { type: refused.code, reason: refused.message };
  if (!mayRepeat(refused)) return jsonReply(status, { error, status }, PRODUCT);
  const reply = jsonReply(status, { error, status }, { ...PRODUCT, ...retryAfter(refused) });
  return isRsyslog(request) ? { ...reply, breaksOff: true } : reply;
}

/** omelasticsearch names itself nowhere: it is the one client that sends this type, and no user agent. */
function isRsyslog({ header }: RequestHead): boolean {
  return header("user-agent") === undefined && header("content-type") === "application/json; charset=utf-8";
}
