import { recordOfFields } from "../fields/record-of-fields.ts";
import type { LogRecord } from "../record.ts";
import { levelOfStatus } from "./level.ts";
import type { Parser } from "./parser.ts";
import { splitQuoted } from "./split-quoted.ts";
import { columnsOfShape } from "./w3c/columns-of-shape.ts";

const HASH = 35;

/** Columns of one log; more are no log. */
const MAX_COLUMNS = 128;

/** Columns that say nothing of their own once they have been put together with another. */
const JOINED = new Set(["date", "time", "date-local", "time-local", "cs-uri-query"]);

/** Columns that fields know under another name. */
const NAMES: Record<string, string> = {
  "cs(User-Agent)": "user_agent",
  "cs(Referer)": "referrer",
  "cs(Host)": "host",
  "cs-host": "host",
  "x-host-header": "host",
  "cs-version": "protocol",
  "cs-protocol-version": "protocol",
};

/** CloudFront's seconds have decimals, IIS's milliseconds have none. */
const DURATIONS = new Set(["time-taken", "TimeTakenMS", "x-edge-response-time"]);

/**
 * W3C extended logs: IIS, CloudFront, and whatever tells its columns in a `#Fields` line before.
 *
 * Without one, the default columns of IIS and CloudFront are known by their shape. Times are UTC, as the format has it,
 * unless the columns are named local. Source: https://www.w3.org/TR/WD-logfile.html
 */
export const w3c: Parser = {
  name: "w3c",
  parse(line, context) {
    if (line.charCodeAt(0) === HASH) return undefined;
    const columns = context.columns ?? columnsOfShape(line);
    if (!columns) return undefined;
    const words = line.includes("\t") ? line.split("\t", MAX_COLUMNS) : splitQuoted(line, MAX_COLUMNS);
    if (words.length !== columns.length) return undefined;
    const values: Record<string, string> = Object.create(null);
    for (const [index, word] of words.entries())
      if (word !== "-" && word !== "") values[columns[index]!] = decoded(word, columns[index]!);
    const isLocal = values.date === undefined;
    const record = recordOfFields({ fields: fieldsOf(values), line }, isLocal ? context : { ...context, zone: "UTC" });
    putDuration(record, values);
    record.message = requestOf(values) ?? record.message;
    if (record.status !== undefined) record.level ??= levelOfStatus(record.status);
    record.parser = "w3c";
    return record;
  },
};

/** The columns that a `#Fields: date time …` line names; undefined for any other line. */
export function columnsOfDirective(line: string): string[] | undefined {
  if (line.charCodeAt(0) !== HASH || !line.startsWith("#Fields:")) return undefined;
  const columns = line.slice(8).trim().split(/\s+/, MAX_COLUMNS);
  return columns[0] === "" ? undefined : columns;
}

function fieldsOf(values: Record<string, string>): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  const date = values.date ?? values["date-local"];
  const time = values.time ?? values["time-local"];
  if (time !== undefined) fields.time = date === undefined ? time : `${date} ${time}`;
  for (const [column, value] of Object.entries(values)) {
    const name = NAMES[column] ?? column;
    if (!JOINED.has(column) && !DURATIONS.has(column))
      fields[name] = /^(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
  }
  const stem = values["cs-uri-stem"] ?? values["cs-uri"];
  if (stem !== undefined) fields["cs-uri-stem"] = pathOf(values, stem);
  return fields;
}

const pathOf = (values: Record<string, string>, stem: string): string =>
  values["cs-uri-query"] === undefined ? stem : `${stem}?${values["cs-uri-query"]}`;

function requestOf(values: Record<string, string>): string | undefined {
  const { "cs-method": method, "cs-uri-stem": stem } = values;
  if (method === undefined || stem === undefined) return undefined;
  const version = values["cs-version"] ?? values["cs-protocol-version"];
  return `${method} ${pathOf(values, stem)}${version === undefined ? "" : ` ${version}`}`;
}

function putDuration(record: LogRecord, values: Record<string, string>): void {
  const text = values["time-taken"] ?? values.TimeTakenMS;
  if (text === undefined || !/^\d{1,12}(?:\.\d{1,9})?$/.test(text)) return;
  record.durationMs = text.includes(".") ? Math.round(Number(text) * 1e6) / 1e3 : Number(text);
}

/** Spaces in headers are `+` (IIS) or `%20` (CloudFront, twice over). */
function decoded(word: string, column: string): string {
  if (!column.startsWith("cs(")) return word;
  if (!word.includes("%")) return word.includes(" ") ? word : word.replaceAll("+", " ");
  return word.replaceAll("%2520", " ").replaceAll("%20", " ").replaceAll("%2522", '"').replaceAll("%22", '"');
}
