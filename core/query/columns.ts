import { PARSER_BITS, PARSER_NAMES, REQUEST_LINE_BIT, UNLISTED_PARSER } from "../row.ts";
import { DIFFERENCE_NUMBERS, FIRST_CHAR, METHODS, PROTOCOLS, SHORT_BIT, shortOfPlace } from "../short-cells.ts";
import type { NumberFieldName, TextFieldName } from "./read-field.ts";

/** Where a text is kept: in the row (alias `r`), in a table of its own that the row points to, or in either. */
export interface TextColumn {
  /** Expression over the row; NULL where it has no such text. */
  row?: string;
  /** Rows of the short form have a code instead: what is asked of the text is asked of the codes' texts, once a statement. */
  codes?: TextCodes;
  table?: TextTable;
}

export interface TextCodes {
  /** The column of the row. */
  column: string;
  texts: readonly string[];
}

/** Something asked of a text: in SQL, where `expr` may be NULL, and of a text at hand. */
export interface TextCondition {
  sql(expr: string): string;
  test(text: string): boolean;
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
const IS_SHORT = `(r.kind & ${UNLISTED_PARSER}) BETWEEN ${SHORT_BIT} AND ${UNLISTED_PARSER - 1}`;

/** The text of a short row; what is listed first is found first. */
const textOfCode = ({ column, texts }: TextCodes): string =>
  `CASE ${column} ${texts.map((text, place) => `WHEN '${shortOfPlace(place)}' THEN '${text}'`).join(" ")} END`;
const coded = (column: string, texts: readonly string[]): TextColumn & { codes: TextCodes } => {
  const codes = { column, texts };
  return { row: `CASE WHEN ${IS_SHORT} THEN ${textOfCode(codes)} ELSE ${column} END`, codes };
};
const METHOD = coded("r.method", METHODS);
const PROTOCOL = coded("r.protocol", PROTOCOLS);

/** Looks once at which form the row has. */
const REQUEST_LINE = `CASE WHEN ${IS_SHORT} THEN ${textOfCode(METHOD.codes)} || ' ' || r.path || ' ' || ${textOfCode(PROTOCOL.codes)} ELSE r.method || ' ' || r.path || ' ' || r.protocol END`;

/** What templateFrom of core/short-cells.ts does. */
const differenceNumber = (at: number): string => `unicode(substr(r.path_template, ${at}, 1)) - ${FIRST_CHAR}`;
const FROM_DIFFERENCE = `substr(coalesce(r.path, ''), 1, ${differenceNumber(1)}) || substr(r.path_template, ${DIFFERENCE_NUMBERS + 1}) || substr(coalesce(r.path, ''), ${differenceNumber(2)}, ${differenceNumber(3)})`;
const TEMPLATE = `CASE WHEN r.path_template IS NULL THEN r.path WHEN ${IS_SHORT} THEN ${FROM_DIFFERENCE} ELSE r.path_template END`;

const PARSER_CASES = PARSER_NAMES.map((name, number) => `WHEN ${number} THEN '${name}'`).join(" ");
const PARSER = `CASE WHEN r.kind & ${UNLISTED_PARSER} = ${UNLISTED_PARSER} THEN r.rest ->> '$.parser' ELSE CASE r.kind & ${PARSER_BITS} ${PARSER_CASES} END END`;

/** Every text field of a record as the table `records` keeps it (core/row.ts). The one place to change with the table. */
export const TEXT_COLUMNS: Record<TextFieldName, TextColumn> = {
  service: { table: { key: "r.service_id", name: "services", column: "name" } },
  message: row(`CASE WHEN ${IS_REQUEST_LINE} THEN ${REQUEST_LINE} ELSE r.message END`),
  path: row("r.path"),
  pathTemplate: row(TEMPLATE),
  method: METHOD,
  protocol: PROTOCOL,
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
  parser: row(PARSER),
  raw: row("r.raw"),
};

export const NUMBER_COLUMNS: Record<NumberFieldName | "level", string> = {
  status: "r.status",
  bytes: "r.bytes",
  durationMs: "coalesce(r.took_ms, r.duration_ms)",
  level: "r.level",
};

/**
 * The condition that a word stands in a request line, but for its path, which is searched anyway: a text without a space is in one
 * part of it or in none, so that the line need not be put together.
 */
export function wordInRequestLineSql(contains: TextCondition): string {
  if ([METHOD, PROTOCOL].some(({ codes }) => placesOf(codes, contains).length > 0))
    return `(${IS_REQUEST_LINE} AND (${codesSql(METHOD, contains)} OR ${codesSql(PROTOCOL, contains)}))`;
  // A short row is looked at once.
  return `(${IS_REQUEST_LINE} AND NOT (${IS_SHORT}) AND (${contains.sql(METHOD.codes.column)} OR ${contains.sql(PROTOCOL.codes.column)}))`;
}

/** A condition on a text in the row; of a short row only its code is looked at. */
export function rowTextSql({ row, codes }: TextColumn & { row: string }, condition: TextCondition): string {
  return codes === undefined ? condition.sql(row) : codesSql({ codes }, condition);
}

const placesOf = ({ texts }: TextCodes, condition: TextCondition): string[] =>
  texts.flatMap((text, place) => (condition.test(text) ? [`'${shortOfPlace(place)}'`] : []));

function codesSql({ codes }: { codes: TextCodes }, condition: TextCondition): string {
  const { column } = codes;
  const found = placesOf(codes, condition);
  return found.length === 0
    ? `(NOT (${IS_SHORT}) AND ${condition.sql(column)})`
    : `CASE WHEN ${IS_SHORT} THEN ${column} IN (${found.join(", ")}) ELSE ${condition.sql(column)} END`;
}

/** As a number with a fraction, so that a division in somebody's statement has one. */
export const REAL_DURATION = `CAST(${NUMBER_COLUMNS.durationMs} AS REAL)`;

export const TIME_COLUMN = "r.ts_ms";
export const FLAGS_COLUMN = "r.kind";
export const ATTRS_COLUMN = "r.attrs";
export const MESSAGE_COLUMN = "r.message";
export const RAW_COLUMN = "r.raw";
