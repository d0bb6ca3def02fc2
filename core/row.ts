import { FLAGS, type Flag, LEVELS, LogRecord } from "./record.ts";
import {
  longText,
  METHODS,
  PROTOCOLS,
  SHORT_BIT,
  shortMethod,
  shortProtocol,
  templateDifference,
  templateFrom,
} from "./short-cells.ts";

/** One value of a hot row as it travels in JSON to the database. */
export type Cell = string | number | null;

/**
 * Parsers by number, as stored in `kind`. Append only: a stored number keeps its meaning for ever.
 * A parser that is not listed is stored under its name in `rest`. At most PARSER_BITS of them.
 */
export const PARSER_NAMES = [
  "text",
  "json",
  "combined",
  "common",
  "fields",
  "logfmt",
  "syslog5424",
  "syslog3164",
  "nginx_error",
  "apache_error",
  "alb",
  "w3c",
  "cef",
  "pattern",
  "compose",
] as const;
const PARSER_NUMBER = new Map<string, number>(PARSER_NAMES.map((name, index) => [name, index]));
/** A parser's number stands in these bits of `kind`; the last one is left out, for with SHORT_BIT it would be UNLISTED_PARSER. */
export const PARSER_BITS = 31;
/** These bits, all of them, stand for a parser that is not listed; such a row has no short cells. */
export const UNLISTED_PARSER = 63;
/**
 * `kind` is the parser's number in bits 0-4, bit 5 where cells are short (core/short-cells.ts), bit 6 where the message is the request
 * line, the flags from bit 7 on.
 */
export const REQUEST_LINE_BIT = 1 << 6;
export const FIRST_FLAG_BIT = 7;

const LEVEL_NUMBER = new Map<string, number>(LEVELS.map((name, index) => [name, index]));

/**
 * The columns of a hot row after its key (service, time, shard, seq), in the order in which a row's cells travel.
 * Frequent ones first: cells missing at the end of a row are null, and the database reads a short row faster.
 */
export const ROW_COLUMNS = [
  "ts_ms",
  "kind",
  "level",
  "status",
  "method",
  "path",
  "bytes",
  "ip",
  "protocol",
  "ua_id",
  "country",
  "duration_ms",
  "path_template",
  "referrer",
  "message",
  "attrs",
  "raw",
  "host",
  "app",
  "user",
  "trace_id",
  "event",
  "sub_ns",
  "rest",
] as const;

/** The database's column for each cell of a row that is stored. */
export const STORED_COLUMNS = ROW_COLUMNS.map((name) => (name === "duration_ms" ? "took_ms" : name));
/** Each cell out of a stored row, under its name; rows of before `took_ms` have `duration_ms`. */
export const SELECTED_CELLS = ROW_COLUMNS.map((name) =>
  name === "duration_ms" ? "coalesce(r.took_ms, r.duration_ms) AS duration_ms" : `r.${name}`,
);

/** Fields too rare for a column of their own; they travel as one JSON object in `rest`. */
const REST_FIELDS = ["pid", "spanId", "userId", "sessionId", "city"] as const;
/** Only in `rest` when the sender gave them without a user agent text; else the user agent's row has them. */
const AGENT_FIELDS = ["browser", "os", "device", "bot"] as const;

export const isShort = (kind: number): boolean =>
  (kind & SHORT_BIT) !== 0 && (kind & UNLISTED_PARSER) !== UNLISTED_PARSER;

/** A record as cells in the order of ROW_COLUMNS, without the nulls at its end. */
export function rowOf(record: LogRecord, agentId: number | null): Cell[] {
  const requestLine = isRequestLine(record);
  let kind = kindOf(record) | (requestLine ? REQUEST_LINE_BIT : 0);
  const { path } = record;
  let method = record.method ?? null;
  let protocol = record.protocol ?? null;
  let template = record.pathTemplate === path ? null : (record.pathTemplate ?? null);
  if ((method ?? protocol ?? template) !== null && (kind & UNLISTED_PARSER) !== UNLISTED_PARSER) {
    const methodCell = method === null ? null : shortMethod(method);
    const protocolCell = protocol === null ? null : shortProtocol(protocol);
    const templateCell = template === null ? null : templateDifference(path ?? "", template);
    if (methodCell !== undefined && protocolCell !== undefined && templateCell !== undefined) {
      kind |= SHORT_BIT;
      method = methodCell;
      protocol = protocolCell;
      template = templateCell;
    }
  }
  const row: Cell[] = [
    record.tsMs,
    kind,
    record.level === undefined ? null : LEVEL_NUMBER.get(record.level)!,
    record.status ?? null,
    method,
    path ?? null,
    record.bytes ?? null,
    record.ip ?? null,
    protocol,
    agentId,
    record.country ?? null,
    record.durationMs ?? null,
    template,
    record.referrer ?? null,
    requestLine ? null : (record.message ?? null),
    record.attrs === undefined ? null : JSON.stringify(record.attrs),
    record.raw ?? null,
    record.host ?? null,
    record.app ?? null,
    record.user ?? null,
    record.traceId ?? null,
    record.event ?? null,
    record.subNs ?? null,
    restOf(record),
  ];
  let length = row.length;
  while (row[length - 1] === null) length--;
  row.length = length;
  return row;
}

/** What the database knows of a user agent. */
export interface Agent {
  id: number;
  text: string;
  browser: string | null;
  os: string | null;
  device: string | null;
  bot: string | null;
}

/** The inverse of `rowOf`. `agent` is the user agent that the row's `ua_id` names. */
export function recordOfRow(row: readonly (Cell | undefined)[], agent: Agent | undefined): LogRecord {
  const record = new LogRecord();
  const text = (at: number) => (row[at] ?? undefined) as string | undefined;
  const number = (at: number) => (row[at] ?? undefined) as number | undefined;
  const kind = row[1] as number;
  record.tsMs = row[0] as number;
  const level = number(2);
  record.level = level === undefined ? undefined : LEVELS[level];
  record.status = number(3);
  record.method = text(4);
  record.path = text(5);
  record.bytes = number(6);
  record.ip = text(7);
  record.protocol = text(8);
  record.country = text(10);
  record.durationMs = number(11);
  record.pathTemplate = text(12);
  if (isShort(kind)) readShort(record);
  record.pathTemplate ??= record.path;
  record.referrer = text(13);
  record.message = kind & REQUEST_LINE_BIT ? `${record.method} ${record.path} ${record.protocol}` : text(14);
  const attrs = text(15);
  if (attrs !== undefined) record.attrs = JSON.parse(attrs) as Record<string, unknown>;
  record.raw = text(16);
  record.host = text(17);
  record.app = text(18);
  record.user = text(19);
  record.traceId = text(20);
  record.event = text(21);
  record.subNs = number(22);
  const rest = text(23);
  if (rest !== undefined) Object.assign(record, JSON.parse(rest));
  if (agent) {
    record.userAgent = agent.text;
    record.browser = agent.browser ?? undefined;
    record.os = agent.os ?? undefined;
    record.device = agent.device ?? undefined;
    record.bot = agent.bot ?? undefined;
  }
  readKind(record, kind);
  return record;
}

export const AGENT_CELL = ROW_COLUMNS.indexOf("ua_id");

function kindOf(record: LogRecord): number {
  const parser = PARSER_NUMBER.get(record.parser) ?? UNLISTED_PARSER;
  if (record.flags === undefined) return parser;
  let bits = 0;
  for (const flag of record.flags) bits |= 1 << FLAGS.indexOf(flag);
  return parser | (bits << FIRST_FLAG_BIT);
}

function readKind(record: LogRecord, kind: number): void {
  if ((kind & UNLISTED_PARSER) !== UNLISTED_PARSER) record.parser = PARSER_NAMES[kind & PARSER_BITS] ?? "text";
  const bits = kind >> FIRST_FLAG_BIT;
  if (bits !== 0) record.flags = FLAGS.filter((_flag, index) => bits & (1 << index)) as Flag[];
}

function readShort(record: LogRecord): void {
  const { method, protocol, path, pathTemplate } = record;
  if (method !== undefined) record.method = longText(METHODS, method);
  if (protocol !== undefined) record.protocol = longText(PROTOCOLS, protocol);
  if (pathTemplate !== undefined) record.pathTemplate = templateFrom(path ?? "", pathTemplate);
}

/** Whether the message says no more than method, path and protocol do; checked without making a string. */
function isRequestLine({ message, method, path, protocol }: LogRecord): boolean {
  if (message === undefined || method === undefined || path === undefined || protocol === undefined) return false;
  const pathAt = method.length + 1;
  const protocolAt = pathAt + path.length + 1;
  return (
    message.length === protocolAt + protocol.length &&
    message.charCodeAt(pathAt - 1) === SPACE &&
    message.charCodeAt(protocolAt - 1) === SPACE &&
    message.startsWith(method) &&
    // Finds it at once where it stands there; comparing in place (`startsWith`) takes four times as long.
    message.indexOf(path, pathAt) === pathAt &&
    message.endsWith(protocol)
  );
}
const SPACE = 32;

/** What has no column; most records have nothing of it, and are not looked at twice. */
function restOf(record: LogRecord): string | null {
  const isListed = PARSER_NUMBER.has(record.parser);
  if (isListed && !hasRest(record)) return null;
  const rest: Record<string, unknown> = {};
  for (const field of REST_FIELDS) if (record[field] !== undefined) rest[field] = record[field];
  if (record.userAgent === undefined)
    for (const field of AGENT_FIELDS) if (record[field] !== undefined) rest[field] = record[field];
  if (!isListed) rest.parser = record.parser;
  return JSON.stringify(rest);
}

/** REST_FIELDS and AGENT_FIELDS by their names: a loop over the lists takes ten times as long. */
const hasRest = (record: LogRecord): boolean =>
  record.pid !== undefined ||
  record.spanId !== undefined ||
  record.userId !== undefined ||
  record.sessionId !== undefined ||
  record.city !== undefined ||
  (record.userAgent === undefined &&
    (record.browser !== undefined ||
      record.os !== undefined ||
      record.device !== undefined ||
      record.bot !== undefined));
