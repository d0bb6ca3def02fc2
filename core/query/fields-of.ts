import type { LogRecord } from "../record.ts";
import { type Field, isAttribute } from "./fields.ts";
import type { Filter } from "./filter.ts";
import { SEARCHED_FIELDS, searchesIp } from "./search-text.ts";

/** A property of a record, or the name of its service. */
export type RecordPart = keyof LogRecord | "service";

/** What a predicate of this filter reads: the columns that a scan must fetch, and no others. */
export function fieldsOf(filter: Filter): Set<RecordPart> {
  const parts = new Set<RecordPart>();
  collect(filter, parts);
  return parts;
}

function collect(filter: Filter, parts: Set<RecordPart>): void {
  switch (filter.kind) {
    case "all":
      return;
    case "and":
    case "or":
      for (const part of filter.parts) collect(part, parts);
      return;
    case "not":
      collect(filter.part, parts);
      return;
    case "text":
      for (const field of SEARCHED_FIELDS) parts.add(field);
      if (searchesIp(filter.pattern)) parts.add("ip");
      parts.add("attrs");
      return;
    case "when":
      parts.add("tsMs");
      return;
    case "network":
      parts.add("ip");
      return;
    default:
      for (const part of partsOf(filter.field)) parts.add(part);
  }
}

function partsOf(field: Field): RecordPart[] {
  if (isAttribute(field)) return ["attrs"];
  if (field === "time") return ["tsMs"];
  return field === "pathTemplate" ? ["pathTemplate", "path"] : [field];
}
