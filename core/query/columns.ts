import { PARSER_NAMES, REQUEST_LINE_BIT, UNLISTED_PARSER } from "../row.ts";
import type { NumberFieldName, TextFieldName } from "./read-field.ts";

/** Where a text is kept: in the row (alias `r`), in a table of its own that the row points to, or in either. */
export interface TextColumn {
  /** Expression over the row; NULL where it has no such text. */
  row?: string;
  table?: TextTable;
}

export interface TextTable {
  /** Column of the row that names the table's `id`. */
  key: string;
  name: string;
  column: string;
}

const row = (sql: string): TextColumn => ({ row: sql });
const rest = (field: string): TextColumn => ({ row: `r.rest ->> '$.${field}'` });

/** The user agent's row says it, or `rest` where the sender gave it without a user agent: never both. */
const agent = (field: string): TextColumn => ({
  ...rest(field),
  table: { key: "r.ua_id", name: "user_agents", column: field },
});

const IS_REQUEST_LINE = `r.kind & ${REQUEST_LINE_BIT}`;

const PARSER_CASES = PARSER_NAMES.map((name, number) => `WHEN ${number} THEN '${name}'`).join(" ");

/** Every text field of a record as the table `records` keeps it (core/row.ts). The one place to change with the table. */
export const TEXT_COLUMNS: Record<TextFieldName, TextColumn> = {
  service: { table: { key: "r.service_id", name: "services", column: "name" } },
  message: row(`CASE WHEN ${IS_REQUEST_LINE} THEN r.method || ' ' || r.path || ' ' || r.protocol ELSE r.message END`),
  path: row("r.path"),
  pathTemplate: row("coalesce(r.path_template, r.path)"),
  method: row("r.method"),
  protocol: row("r.protocol"),
  ip: row("r.ip"),
  user: row("r.user"),
  referrer: row("r.referrer"),
  userAgent: { table: { key: "r.ua_id", name: "user_agents", column: "text" } },
  browser: agent("browser"),
  os: agent("os"),
  device: agent("device"),
  bot: agent("bot"),
  country: row("r.country"),
  city: rest("city"),
  host: row("r.host"),
  app: row("r.app"),
  pid: rest("pid"),
  traceId: row("r.trace_id"),
  spanId: rest("spanId"),
  userId: rest("userId"),
  sessionId: rest("sessionId"),
  event: row("r.event"),
  parser: row(`CASE r.kind & ${UNLISTED_PARSER} ${PARSER_CASES} ELSE r.rest ->> '$.parser' END`),
  raw: row("r.raw"),
};

export const NUMBER_COLUMNS: Record<NumberFieldName | "level", string> = {
  status: "r.status",
  bytes: "r.bytes",
  durationMs: "r.duration_ms",
  level: "r.level",
};

/**
 * The condition that a word stands in the message, but for the path of a request line, which is searched anyway: a text without
 * a space is in one part of it or in none, so that the line need not be put together.
 */
export const wordInMessageSql = (contains: (expr: string) => string): string =>
  `(${contains("r.message")} OR ${IS_REQUEST_LINE} AND (${contains("r.method")} OR ${contains("r.protocol")}))`;

export const TIME_COLUMN = "r.ts_ms";
export const FLAGS_COLUMN = "r.kind";
export const ATTRS_COLUMN = "r.attrs";
