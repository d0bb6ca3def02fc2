import { EXPORT_VERSION } from "../export/exported-record.ts";
import { isoText } from "../iso-text.ts";
import type { FieldEntry } from "../record.ts";
import { recordJson } from "../record-json.ts";
import { COLUMNS, type ColumnName, type NumberColumnName, type TextColumnName } from "./columns.ts";
import type { GroupReader } from "./group-reader.ts";
import { groupOf } from "./merge-segments.ts";
import { indexOf } from "./open-segment.ts";
import type { Footer } from "./parquet/footer.ts";
import type { Codec } from "./parquet/format.ts";
import { numberAt, recordAt, textAt } from "./record-at.ts";
import { SERVICE_NOTE } from "./write-segment.ts";

/** Rows of a row group: exports have 20,000, segments 50,000. */
const MAX_GROUP_ROWS = 200_000;

/** Records of one piece: what a batch of lines is. */
const PIECE_ROWS = 5_000;

/** What is no segment and no export with all its columns. */
export class NotOurParquet extends Error {}

/**
 * The records of a segment, or of an export as Parquet, as entries of the exported form: what NDJSON of the same export has. Pieces come
 * in the order of the file.
 *
 * @throws NotOurParquet for a file that another program wrote, that lacks a column, or that is damaged
 */
export async function* entriesOfParquet(bytes: Uint8Array, codec: Codec): AsyncGenerator<FieldEntry[], void> {
  const footer = checkedFooter(bytes);
  const isSegment = SERVICE_NOTE in footer.notes;
  for (let at = 0; at < footer.groups.length; at++) {
    const group = groupOf(bytes, footer, at, codec);
    await loaded(group, footer);
    for (let from = 0; from < group.rows; from += PIECE_ROWS) {
      const rows = Array.from({ length: Math.min(PIECE_ROWS, group.rows - from) }, (_, row) => from + row);
      yield readable(() =>
        rows.map((row) => ({ fields: isSegment ? recordFields(group, row) : exportFields(group, row) })),
      );
    }
  }
}

/** Footers say how much memory is needed; one of somebody else's making may ask for all of it. */
function checkedFooter(bytes: Uint8Array): Footer {
  const { footer } = readable(() => indexOf(bytes));
  const names = new Set(footer.columns.map(({ name }) => name));
  for (const name of ["time", "parser"])
    if (!names.has(name))
      throw new NotOurParquet(`there is no column '${name}': take a segment, or an export with all columns`);
  for (const { name, type } of footer.columns) {
    const own = COLUMNS.find((column) => column.name === name);
    if (own && own.type !== type) throw new NotOurParquet(`the column '${name}' holds ${type}, not ${own.type}`);
  }
  for (const { rows, chunks } of footer.groups) {
    if (!(rows >= 0 && rows <= MAX_GROUP_ROWS)) throw new NotOurParquet(`a row group may have ${MAX_GROUP_ROWS} rows`);
    for (const { offset, bytes: length, values } of chunks)
      if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length && values === rows))
        throw new NotOurParquet("a column lies outside of the file");
  }
  return footer;
}

async function loaded(group: GroupReader, { columns }: Footer): Promise<void> {
  await group.load(columns.map(({ name }) => name as ColumnName));
}

/** Whatever a damaged file makes our reader say. */
function readable<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new NotOurParquet(`the file cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function recordFields(group: GroupReader, row: number): Record<string, unknown> {
  const [shard, seq] = [group.number("shard")[row]!, group.number("seq")[row]!];
  const record = recordJson({ service: "", shard, seq, record: recordAt(group, row) }, "archive");
  return { weir: EXPORT_VERSION, ...record };
}

/** Not of COLUMNS, and of an export only. */
const FLAGS_COLUMN = "flags" as TextColumnName;
const TEXTS = COLUMNS.filter(({ type }) => type === "text").map(({ name }) => name as TextColumnName);
const NUMBERS = ["status", "bytes", "duration_ms"] as const satisfies readonly NumberColumnName[];
const toCamelCase = (name: string): string => name.replace(/_[a-z]/g, (letters) => letters[1]!.toUpperCase());

function exportFields(group: GroupReader, row: number): Record<string, unknown> {
  const tsMs = numberAt(group, "time", row);
  if (tsMs === undefined) throw new RangeError(`row ${row} has no time`);
  const fields: Record<string, unknown> = { weir: EXPORT_VERSION, time: isoText(tsMs, numberAt(group, "sub_ns", row)) };
  for (const name of TEXTS) {
    const text = textAt(group, name, row);
    if (text !== undefined) fields[toCamelCase(name)] = name === "attrs" ? JSON.parse(text) : text;
  }
  for (const name of NUMBERS) {
    const number = numberAt(group, name, row);
    if (number !== undefined) fields[toCamelCase(name)] = number;
  }
  const flags = textAt(group, FLAGS_COLUMN, row);
  if (flags !== undefined) fields.flags = flags.split(",");
  return fields;
}
