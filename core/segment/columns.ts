import type { ColumnDefinition, ColumnType } from "./parquet/format.ts";

const column = <Name extends string>(name: Name, type: ColumnType, isRequired = false) => ({ name, type, isRequired });

/**
 * The columns of a segment. Append only, and never another type: old objects are read for ever. docs/archive.md says what
 * each holds in the words of people who query them with another engine.
 */
export const COLUMNS = [
  column("time", "time", true),
  column("sub_ns", "int32"),
  column("shard", "int32", true),
  column("seq", "int64", true),
  column("level", "text"),
  column("status", "int32"),
  column("method", "text"),
  column("path", "text"),
  column("path_template", "text"),
  column("protocol", "text"),
  column("bytes", "int64"),
  column("duration_ms", "double"),
  column("ip", "text"),
  column("user", "text"),
  column("referrer", "text"),
  column("user_agent", "text"),
  column("browser", "text"),
  column("os", "text"),
  column("device", "text"),
  column("bot", "text"),
  column("country", "text"),
  column("city", "text"),
  column("host", "text"),
  column("app", "text"),
  column("pid", "text"),
  column("trace_id", "text"),
  column("span_id", "text"),
  column("user_id", "text"),
  column("session_id", "text"),
  column("event", "text"),
  column("message", "text"),
  column("attrs", "text"),
  column("raw", "text"),
  column("kind", "int32", true),
  column("parser", "text"),
] as const satisfies readonly ColumnDefinition[];

export type ColumnName = (typeof COLUMNS)[number]["name"];
export type TextColumnName = Exclude<ColumnName, NumberColumnName>;
export type NumberColumnName = "time" | "sub_ns" | "shard" | "seq" | "status" | "bytes" | "duration_ms" | "kind";

/** Rows of a row group: enough for encodings to pay, few enough to be decoded in a tenth of an isolate's memory. */
export const GROUP_ROWS = 50_000;
