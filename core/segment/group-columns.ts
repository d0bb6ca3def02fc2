import { type Field, isAttribute } from "../query/fields.ts";
import type { ColumnName } from "./columns.ts";
import { fieldColumns } from "./filter-columns.ts";

/** What every group tells of its records beside their values. */
const FIGURES: readonly ColumnName[] = ["time", "sub_ns", "level", "bytes", "duration_ms"];
/** Made of more than a column. */
const WHOLE_RECORDS: readonly Field[] = ["message", "raw", "flags", "parser"];

/** The columns that records are grouped by, and those that groups tell of; undefined where it takes whole records. */
export function groupColumns(fields: readonly Field[]): readonly ColumnName[] | undefined {
  if (fields.some((field) => !isAttribute(field) && WHOLE_RECORDS.includes(field))) return undefined;
  return [...FIGURES, ...fields.flatMap(fieldColumns)];
}
