import { subNsOf } from "../iso-text.ts";
import { fieldOfName } from "../query/field-of-name.ts";
import { FIELD_NAMES, type Field, isAttribute, kindOf, toSnakeCase } from "../query/fields.ts";
import { textOfField } from "../query/text-of-field.ts";
import type { RecordJson } from "../record-json.ts";
import { ok, type Result, refuse } from "../result.ts";
import type { ColumnType } from "../segment/parquet/format.ts";

/** What an export has of each record. */
export interface ExportColumn {
  /** As asked for; the filter language's spelling where nothing was. */
  name: string;
  type: ColumnType;
  /** Undefined where the record has no such value. Objects and lists come as JSON. */
  of: (record: RecordJson) => string | number | undefined;
}

/** D1's own limit of a row; nobody reads a wider table. */
export const MAX_COLUMNS = 100;

/** What is told of a record beside its fields. */
const TIME: ExportColumn = { name: "time", type: "time", of: ({ time }) => time };
/** Beside a time in milliseconds: nanoseconds inside of it. */
const SUB_NS: ExportColumn = { name: "sub_ns", type: "int32", of: ({ time }) => subNsOf(time) };
const SHARD: ExportColumn = { name: "shard", type: "int32", of: ({ shard }) => shard };
const SEQ: ExportColumn = { name: "seq", type: "int64", of: ({ seq }) => seq };
const SOURCE: ExportColumn = { name: "source", type: "text", of: ({ source }) => source };
const ATTRS: ExportColumn = {
  name: "attrs",
  type: "text",
  of: ({ attrs }) => (attrs === undefined ? undefined : JSON.stringify(attrs)),
};
const OTHERS = new Map([TIME, SUB_NS, SHARD, SEQ, SOURCE, ATTRS].map((column) => [column.name, column]));

const NUMBER_TYPES: Partial<Record<string, ColumnType>> = { status: "int32", bytes: "int64", durationMs: "double" };

function columnOf(name: string, field: Field): ExportColumn {
  if (isAttribute(field)) return { name, type: "text", of: (record) => attributeText(record, field) };
  const type = NUMBER_TYPES[field];
  if (kindOf(field) === "number") return { name, type: type!, of: (record) => record[field] as number | undefined };
  return { name, type: "text", of: (record) => textOfField(record, field) };
}

/** An attribute that is an object or a list as its JSON. */
function attributeText(record: RecordJson, field: { attribute: string[] }): string | undefined {
  const text = textOfField(record, field);
  if (text !== undefined) return text;
  const value = field.attribute.reduce<unknown>(
    (inside, part) =>
      typeof inside === "object" && inside !== null && Object.hasOwn(inside, part)
        ? (inside as Record<string, unknown>)[part]
        : undefined,
    record.attrs,
  );
  return typeof value === "object" && value !== null ? JSON.stringify(value) : undefined;
}

/** Everything, the name of a record first: what an import needs, and what an export goes on after. */
export const ALL_COLUMNS: readonly ExportColumn[] = [
  columnOf("service", "service"),
  SHARD,
  SEQ,
  TIME,
  ...FIELD_NAMES.filter((name) => name !== "service" && name !== "time").map((name) =>
    columnOf(toSnakeCase(name), name),
  ),
  ATTRS,
];

/** The same where times are numbers of milliseconds. */
export const ALL_PARQUET_COLUMNS: readonly ExportColumn[] = ALL_COLUMNS.flatMap((column) =>
  column === TIME ? [TIME, SUB_NS] : [column],
);

/** The columns of these names: fields as the filter language spells them, attributes, and shard, seq, sub_ns, source. */
export function exportColumns(names: readonly string[]): Result<ExportColumn[], "invalid_columns"> {
  if (names.length > MAX_COLUMNS) return refuse("invalid_columns", `at most ${MAX_COLUMNS} columns`);
  const columns: ExportColumn[] = [];
  for (const name of names) {
    if (columns.some((column) => column.name === name))
      return refuse("invalid_columns", `'${name.slice(0, 64)}' is asked for twice`);
    const field = fieldOfName(name);
    const column = OTHERS.get(name) ?? (field === undefined ? undefined : columnOf(name, field));
    if (column === undefined) return refuse("invalid_columns", `'${name.slice(0, 64)}' is no column`);
    columns.push(column);
  }
  return ok(columns);
}
