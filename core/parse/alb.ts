import { LogRecord } from "../record.ts";
import { putRequest } from "./access/put-request.ts";
import { levelOfStatus } from "./level.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putAttrs } from "./put-attr.ts";
import { splitQuoted } from "./split-quoted.ts";
import { parseTimestamp } from "./timestamp.ts";

/** Source: Elastic Load Balancing, access log entries of an Application Load Balancer. */
const ALB_COLUMNS =
  "type time elb client target request_processing_time target_processing_time response_processing_time status target_status received_bytes sent_bytes request agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time actions_executed redirect_url error_reason target_list target_status_list classification classification_reason conn_trace_id".split(
    " ",
  );

/** The same of a Classic Load Balancer. */
const ELB_COLUMNS =
  "time elb client target request_processing_time target_processing_time response_processing_time status target_status received_bytes sent_bytes request agent ssl_cipher ssl_protocol".split(
    " ",
  );

const TYPES = new Set(["http", "https", "h2", "grpcs", "ws", "wss"]);

/** Columns that fill a field of the record. */
const KNOWN = new Set(["time", "client", "status", "sent_bytes", "request", "agent", "request_creation_time"]);

/** Columns that are numbers, -1 where there was none. */
const NUMBERS = /_(?:time|bytes)$/;

/**
 * Access lines of AWS load balancers.
 *
 * The time is when the request came, as in other access logs, where the line tells it; the duration is the sum of the
 * three times that it gives. The path is the URL's; the request as given is the message.
 */
export const alb: Parser = {
  name: "alb",
  parse(line, context) {
    const typeEnd = line.indexOf(" ");
    const isAlb = typeEnd !== -1 && typeEnd <= 5 && TYPES.has(line.slice(0, typeEnd));
    const timeAt = isAlb ? typeEnd + 1 : 0;
    if (line.charCodeAt(timeAt + 4) !== 45 || line.charCodeAt(timeAt + 10) !== 84) return undefined;
    const columns = isAlb ? ALB_COLUMNS : ELB_COLUMNS;
    const words = splitQuoted(line, columns.length);
    if (words.length < ELB_COLUMNS.length - 2) return undefined;
    const fields: Record<string, string> = {};
    for (const [index, word] of words.entries()) fields[columns[index]!] = word;
    return recordOf(fields, line, context);
  },
};

function recordOf(fields: Record<string, string>, line: string, context: ParseContext): LogRecord | undefined {
  const time = parseTimestamp(fields.request_creation_time ?? "", context) ?? parseTimestamp(fields.time!, context);
  if (!time || !/^(?:\d{3}|-)$/.test(fields.status!) || !/:\d+$/.test(fields.client!)) return undefined;
  const record = new LogRecord();
  record.tsMs = time.tsMs;
  record.subNs = time.subNs;
  record.parser = "alb";
  record.raw = line;
  record.ip = fields.client!.slice(0, fields.client!.lastIndexOf(":"));
  if (fields.status !== "-") {
    record.status = Number(fields.status);
    record.level = levelOfStatus(record.status);
  }
  if (/^\d{1,15}$/.test(fields.sent_bytes!)) record.bytes = Number(fields.sent_bytes);
  if (fields.agent !== "-") record.userAgent = fields.agent;
  record.durationMs = durationOf(fields);
  putUrl(record, fields.request!);
  putAttrs(record, attrsOf(fields));
  return record;
}

/** Seconds of the three stages; -1 is a stage that did not take place, and then the sum would not be true. */
function durationOf(fields: Record<string, string>): number | undefined {
  const stages = [fields.request_processing_time, fields.target_processing_time, fields.response_processing_time].map(
    Number,
  );
  if (stages.some((seconds) => !(seconds >= 0))) return undefined;
  return Math.round(stages.reduce((sum, seconds) => sum + seconds, 0) * 1e6) / 1e3;
}

/** `GET https://www.example.com:443/path HTTP/1.1`; `- - -` where the client sent no request. */
function putUrl(record: LogRecord, request: string): void {
  if (request.startsWith("- ") || request === "-") return;
  putRequest(record, request);
  const url = /^[a-z]{2,5}:\/\/([^/:]*)(?::\d+)?(.*)$/s.exec(record.path ?? "");
  if (!url) return;
  if (url[1] !== "" && url[1] !== "-") record.host = url[1];
  record.path = url[2] === "" ? "/" : url[2];
}

function attrsOf(fields: Record<string, string>): Record<string, unknown> {
  const attrs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (KNOWN.has(name)) continue;
    if (!NUMBERS.test(name)) attrs[name] = value;
    else if (value !== "-1" && Number.isFinite(Number(value))) attrs[name] = Number(value);
  }
  return attrs;
}
