import type { RecordJson } from "../record-json.ts";
import type { ExportColumn } from "./columns.ts";
import { EXPORT_VERSION } from "./exported-record.ts";
import { safeJson } from "./safe-text.ts";

/** A record as a line that every `/ingest` takes back as the same record. */
export const ndjsonLine = (record: RecordJson): string => {
  const { source: _source, ...fields } = record;
  return `${safeJson({ weir: EXPORT_VERSION, ...fields })}\n`;
};

/** Some of it, under the names that were asked for; values that the record does not have are left out. */
export const chosenLine = (record: RecordJson, columns: readonly ExportColumn[]): string =>
  `${safeJson(Object.fromEntries(columns.map(({ name, of }) => [name, of(record)])))}\n`;
