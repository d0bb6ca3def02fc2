import { LogRecord } from "../record.ts";
import { putRequest } from "./access/put-request.ts";
import { putUrl } from "./access/put-url.ts";
import { levelOfStatus } from "./level.ts";
import type { Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { putTime } from "./put-time.ts";
import { splitQuoted } from "./split-quoted.ts";

/** Words of a line, counted from its time. Source: Elastic Load Balancing, access log entries. */
const TIME = 0;
const CLIENT = 2;
const REQUEST_TIME = 4;
const TARGET_TIME = 5;
const RESPONSE_TIME = 6;
const STATUS = 7;
const SENT_BYTES = 10;
const REQUEST = 11;
const AGENT = 12;
const CREATION_TIME = 20;

/** A Classic Load Balancer's line ends here. */
const MIN_WORDS = 13;
const MAX_WORDS = 32;

/** Names of the words that become attributes, by place; the others fill fields of the record. */
const ATTRS: (string | undefined)[] = [
  undefined,
  "elb",
  undefined,
  "target",
  "request_processing_time",
  "target_processing_time",
  "response_processing_time",
  undefined,
  "target_status",
  "received_bytes",
  undefined,
  undefined,
  undefined,
  "ssl_cipher",
  "ssl_protocol",
  "target_group_arn",
  "trace_id",
  "domain_name",
  "chosen_cert_arn",
  "matched_rule_priority",
  undefined,
  "actions_executed",
  "redirect_url",
  "error_reason",
  "target_list",
  "target_status_list",
  "classification",
  "classification_reason",
  "conn_trace_id",
];

/** Which attributes are numbers, by place; -1 where there was none. */
const NUMBERS = [REQUEST_TIME, TARGET_TIME, RESPONSE_TIME, 9];
const IS_NUMBER = ATTRS.map((_, at) => NUMBERS.includes(at));

const TYPES = new Set(["http", "https", "h2", "grpcs", "ws", "wss"]);

/**
 * Access lines of AWS load balancers, application and classic.
 *
 * The time is when the request came, as in other access logs, where the line tells it; the duration is the sum of the
 * three times that it gives. The path is the URL's; the request as given is the message.
 */
export const alb: Parser = {
  name: "alb",
  starts: ["digit", "letter"],
  parse(line, context) {
    // The request is quoted always; most lines of other formats that begin like this have no quote.
    if (!line.includes('"')) return undefined;
    const typeEnd = line.indexOf(" ");
    const type = typeEnd !== -1 && typeEnd <= 5 ? line.slice(0, typeEnd) : "";
    const timeAt = TYPES.has(type) ? typeEnd + 1 : 0;
    if (line.charCodeAt(timeAt + 4) !== 45 || line.charCodeAt(timeAt + 10) !== 84 || !hasClient(line, timeAt))
      return undefined;
    const words = splitQuoted(timeAt === 0 ? line : line.slice(timeAt), MAX_WORDS);
    if (words.length < MIN_WORDS || !isStatus(words[STATUS]!)) return undefined;
    const record = new LogRecord();
    const created = words[CREATION_TIME];
    if (!(created !== undefined && putTime(record, created, context)) && !putTime(record, words[TIME]!, context))
      return undefined;
    putWords(record, words);
    if (timeAt > 0) putAttr(record, "type", type);
    record.parser = "alb";
    record.raw = line;
    return record;
  },
};

/** Whether the third word from the time is an address with a port, as in no other format that begins with a time. */
function hasClient(line: string, timeAt: number): boolean {
  const nameAt = line.indexOf(" ", timeAt) + 1;
  const clientAt = line.indexOf(" ", nameAt) + 1;
  const clientEnd = line.indexOf(" ", clientAt);
  if (nameAt === 0 || clientAt === 0 || clientEnd === -1) return false;
  const colon = line.lastIndexOf(":", clientEnd);
  return colon > clientAt && colon < clientEnd - 1 && isDigits(line, colon + 1, clientEnd);
}

function isDigits(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return end > from;
}

const isStatus = (word: string): boolean => word === "-" || (word.length === 3 && isDigits(word, 0, 3));

function putWords(record: LogRecord, words: string[]): void {
  const client = words[CLIENT]!;
  record.ip = client.slice(0, client.lastIndexOf(":"));
  if (words[STATUS] !== "-") {
    record.status = Number(words[STATUS]);
    record.level = levelOfStatus(record.status);
  }
  const bytes = words[SENT_BYTES]!;
  if (bytes.length <= 15 && isDigits(bytes, 0, bytes.length)) record.bytes = Number(bytes);
  if (words[AGENT] !== "-" && words[AGENT] !== "") record.userAgent = words[AGENT];
  record.durationMs = durationOf(words);
  const request = words[REQUEST]!;
  // `- http://a:80- -` where the client sent no request.
  if (!request.startsWith("-")) {
    putRequest(record, request);
    putUrl(record);
  }
  const attrs: Record<string, unknown> = {};
  for (let at = 0; at < words.length; at++) {
    const name = ATTRS[at];
    const word = words[at]!;
    if (name === undefined || word === "-" || word === "") continue;
    if (!IS_NUMBER[at]) attrs[name] = word;
    else if (word !== "-1") {
      const number = Number(word);
      if (Number.isFinite(number)) attrs[name] = number;
    }
  }
  for (const _name in attrs) {
    record.attrs = attrs;
    break;
  }
}

/** -1 is a stage that did not take place, and then the sum would not be true. */
function durationOf(words: string[]): number | undefined {
  const [request, target, response] = [
    Number(words[REQUEST_TIME]),
    Number(words[TARGET_TIME]),
    Number(words[RESPONSE_TIME]),
  ];
  if (!(request >= 0 && target >= 0 && response >= 0)) return undefined;
  return Math.round((request + target + response) * 1e6) / 1e3;
}
