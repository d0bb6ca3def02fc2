import { type Field, isAttribute } from "../query/fields.ts";
import type { Filter } from "../query/filter.ts";
import { searchesIp } from "../query/search-text.ts";
import type { ColumnName, TextColumnName } from "./columns.ts";

export const NUMBER_COLUMN_OF = { status: "status", bytes: "bytes", durationMs: "duration_ms" } as const;
export const TEXT_COLUMN_OF: Partial<Record<string, TextColumnName>> = {
  level: "level",
  path: "path",
  method: "method",
  protocol: "protocol",
  ip: "ip",
  user: "user",
  referrer: "referrer",
  userAgent: "user_agent",
  browser: "browser",
  os: "os",
  device: "device",
  bot: "bot",
  country: "country",
  city: "city",
  host: "host",
  app: "app",
  pid: "pid",
  traceId: "trace_id",
  spanId: "span_id",
  userId: "user_id",
  sessionId: "session_id",
  event: "event",
  raw: "raw",
};

/** Where words are searched that are not in the request line's method or protocol, nor in `attrs`. */
export const SEARCHED_COLUMNS: readonly TextColumnName[] = ["path", "referrer", "user_agent", "raw", "message"];
const REQUEST_LINE: readonly TextColumnName[] = ["method", "path", "protocol"];

/** The columns that a filter looks at. `kind` is left out: nearly always the footer says all that it holds. */
export function filterColumns(filter: Filter): readonly ColumnName[] {
  switch (filter.kind) {
    case "all":
      return [];
    case "and":
    case "or":
      return filter.parts.flatMap(filterColumns);
    case "not":
      return filterColumns(filter.part);
    case "text":
      return [...REQUEST_LINE, ...SEARCHED_COLUMNS, "attrs", ...(searchesIp(filter.pattern) ? (["ip"] as const) : [])];
    case "when":
      return ["time"];
    case "network":
      return ["ip"];
    default:
      return fieldColumns(filter.field);
  }
}

/** The columns that hold a field; `kind` is left out here too. */
export function fieldColumns(field: Field): readonly ColumnName[] {
  if (isAttribute(field)) return ["attrs"];
  switch (field) {
    case "time":
    case "service":
    case "flags":
      return [];
    case "status":
    case "bytes":
    case "durationMs":
      return [NUMBER_COLUMN_OF[field]];
    case "parser":
      return ["parser"];
    case "pathTemplate":
      return ["path_template", "path"];
    case "message":
      return [...REQUEST_LINE, "message"];
    default:
      return [TEXT_COLUMN_OF[field]!];
  }
}
