import {
  ATTRS_COLUMN,
  FLAGS_COLUMN,
  NUMBER_COLUMNS,
  REAL_DURATION,
  TEXT_COLUMNS,
  TIME_COLUMN,
} from "../../query/columns.ts";
import { FIELDS } from "../../query/fields.ts";
import type { TextFieldName } from "../../query/read-field.ts";
import { FLAGS, LEVELS } from "../../record.ts";
import { FIRST_FLAG_BIT } from "../../row.ts";
import { ASKED_SERVICE, column, isoSql, SERVICE_FIRST, type View } from "../view.ts";

/** The stored records, one row each. */
export const RECORDS = `FROM ${SERVICE_FIRST} main.records r ON r.service_id = s.id
WHERE ${ASKED_SERVICE} AND r.ts_ms >= ?1 AND r.ts_ms < ?2`;

/** A text field wherever it is kept. What is in a table of its own is looked up only where the column is asked for. */
export function textColumnSql(field: TextFieldName): string {
  if (field === "service") return "s.name";
  const { row, table } = TEXT_COLUMNS[field];
  const looked = table && `(SELECT t.${table.column} FROM main.${table.name} AS t WHERE t.id = ${table.key})`;
  return row !== undefined && looked !== undefined ? `coalesce(${looked}, ${row})` : (looked ?? row)!;
}

export const TIME = isoSql(TIME_COLUMN);

const levelSql = `CASE ${NUMBER_COLUMNS.level} ${LEVELS.map((level, number) => `WHEN ${number} THEN '${level}'`).join(" ")} END`;
const flagsSql = `nullif(concat_ws(',', ${FLAGS.map((flag, bit) => `iif(${FLAGS_COLUMN} & ${1 << (FIRST_FLAG_BIT + bit)}, '${flag}', NULL)`).join(", ")}), '')`;

const text = (name: string, field: TextFieldName) => column(name, "text", FIELDS[field].about, textColumnSql(field));

export const logs: View = {
  name: "logs",
  about: "Every record that is kept as a row of the database: the hot window. Older ones are in the archive.",
  columns: [
    text("service", "service"),
    column("time", "text", "when it happened, ISO 8601 in UTC with milliseconds", TIME),
    column("ts_ms", "integer", "when it happened, epoch milliseconds; conditions on it are fast", TIME_COLUMN),
    column("level", "text", "severity: trace, debug, info, warn, error, fatal", levelSql),
    column(
      "severity",
      "integer",
      "the same as a number, 0 (trace) to 5 (fatal), to compare with",
      NUMBER_COLUMNS.level,
    ),
    text("message", "message"),
    text("method", "method"),
    text("path", "path"),
    text("path_template", "pathTemplate"),
    text("protocol", "protocol"),
    column("status", "integer", "HTTP status", NUMBER_COLUMNS.status),
    column("bytes", "integer", FIELDS.bytes.about, NUMBER_COLUMNS.bytes),
    column("duration_ms", "real", FIELDS.durationMs.about, REAL_DURATION),
    column("ip", "text", "client address", TEXT_COLUMNS.ip.row!),
    text("user", "user"),
    text("referrer", "referrer"),
    text("user_agent", "userAgent"),
    text("browser", "browser"),
    text("os", "os"),
    text("device", "device"),
    text("bot", "bot"),
    text("country", "country"),
    text("city", "city"),
    text("host", "host"),
    text("app", "app"),
    text("pid", "pid"),
    text("trace_id", "traceId"),
    text("span_id", "spanId"),
    text("user_id", "userId"),
    text("session_id", "sessionId"),
    text("event", "event"),
    column("attrs", "text", "everything else as JSON: attrs ->> '$.cart.total'", ATTRS_COLUMN),
    text("raw", "raw"),
    text("parser", "parser"),
    column("flags", "text", "what happened on the way in, with commas: late,cut", flagsSql),
    column("shard", "integer", "stream of the service that took it", "r.shard"),
    column("seq", "integer", "its number in that stream", "r.seq"),
  ],
  from: RECORDS,
  examples: [
    "SELECT level, count(*) AS records FROM logs GROUP BY level ORDER BY records DESC",
    "SELECT time, service, message FROM logs WHERE severity >= 4 ORDER BY ts_ms DESC LIMIT 50",
    "SELECT attrs ->> '$.user_id' AS user_id, count(*) AS records FROM logs GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
  ],
};
