import type { RecordJson } from "../record-json.ts";
import { someAttribute, textOfScalar } from "./attribute-value.ts";
import { type Field, isAttribute } from "./fields.ts";

/** The value of a field in an answered record, as text; undefined where it has none, or an object or a list. */
export function textOfField(record: RecordJson, field: Field): string | undefined {
  if (!isAttribute(field)) {
    const value = record[field];
    return Array.isArray(value) ? value.join(",") : textOfScalar(value);
  }
  let found: string | undefined;
  someAttribute(record.attrs ?? {}, field.attribute, (value) => {
    found = textOfScalar(value);
    return found !== undefined;
  });
  return found;
}
