import type { RecordJson } from "../../core/record-json.ts";

export interface RecordField {
  /** As the filter language names it; attributes with their path. */
  name: string;
  text: string;
  /** Whether one can filter by it: lists and the record's place cannot. */
  isFilter: boolean;
}

/** Not fields to filter by: the record's place, and what is shown elsewhere. */
const PLACE = new Set(["shard", "seq", "source", "time", "raw", "attrs", "flags"]);

/** Every field of a record in the order of its shape, attributes last and taken apart. */
export function fieldsOf(record: RecordJson): RecordField[] {
  const fields: RecordField[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (name === "attrs" || name === "raw" || value === undefined) continue;
    fields.push({ name, text: textOf(value), isFilter: !PLACE.has(name) });
  }
  collect(record.attrs ?? {}, "attrs", fields);
  return fields;
}

function collect(value: Record<string, unknown>, path: string, into: RecordField[]): void {
  for (const [name, part] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (typeof part === "object" && part !== null && !Array.isArray(part))
      collect(part as Record<string, unknown>, at, into);
    else into.push({ name: at, text: textOf(part), isFilter: ["string", "number", "boolean"].includes(typeof part) });
  }
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
