import { FIELD_NAMES, FIELDS } from "../../../core/query/fields.ts";
import type { RecordJson } from "../../../core/record-json.ts";
import { hrefWith } from "../../address/address.ts";
import { fieldsOf } from "../../tail/record-fields.ts";
import { toggleColumn } from "./columns.ts";

/** Of as many records the fields are offered. */
const SAMPLE = 100;

interface ColumnChoicesProps {
  /** Of the list, for the button that opens it. */
  id: string;
  columns: readonly string[];
  records: readonly RecordJson[];
}

/** Every column that there is, to be switched on and off. */
export function ColumnChoices({ id, columns, records }: ColumnChoicesProps) {
  return (
    <fieldset id={id} class="popover columns-choice" aria-label="Columns">
      {choicesOf(columns, records).map(({ name, about }) => (
        <label key={name} class="choice" title={about}>
          <input type="checkbox" checked={columns.includes(name)} onChange={() => toggleColumn(columns, name)} />
          {name}
        </label>
      ))}
      <a class="button small" href={hrefWith({ columns: undefined })}>
        As usual
      </a>
    </fieldset>
  );
}

function choicesOf(columns: readonly string[], records: readonly RecordJson[]): { name: string; about: string }[] {
  const seen = new Set(columns);
  for (const record of records.slice(0, SAMPLE)) for (const { name } of fieldsOf(record)) seen.add(name);
  const known = ["line", ...FIELD_NAMES.filter((name) => name !== "time")];
  const attributes = [...seen].filter((name) => name.startsWith("attrs.")).sort();
  const about = (name: string) =>
    name === "line" ? "the record in one line" : name in FIELDS ? FIELDS[name as keyof typeof FIELDS].about : "";
  const rank = (name: string) => (name === "line" ? 0 : seen.has(name) ? 1 : 2);
  return [...known.toSorted((a, b) => rank(a) - rank(b)), ...attributes].map((name) => ({ name, about: about(name) }));
}
