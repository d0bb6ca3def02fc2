import type { LogRecord } from "../../core/record.ts";
import { type Cell, isShort, ROW_COLUMNS } from "../../core/row.ts";
import { SHORT_BIT } from "../../core/short-cells.ts";

const cellOf = (name: (typeof ROW_COLUMNS)[number]): number => ROW_COLUMNS.indexOf(name);

/** Rows of records as versions before the short form left them in journals, messages and the database. */
export const longRows = (rows: readonly (readonly Cell[])[], records: readonly LogRecord[]): Cell[][] =>
  rows.map((row, at) => longRow(row, records[at]!));

function longRow(row: readonly Cell[], record: LogRecord): Cell[] {
  const kind = row[cellOf("kind")] as number;
  if (!isShort(kind)) return [...row];
  const long = [...row];
  long[cellOf("kind")] = kind & ~SHORT_BIT;
  if (record.method !== undefined) long[cellOf("method")] = record.method;
  if (record.protocol !== undefined) long[cellOf("protocol")] = record.protocol;
  const { path, pathTemplate } = record;
  if (pathTemplate !== undefined && pathTemplate !== path) long[cellOf("path_template")] = pathTemplate;
  return long;
}
