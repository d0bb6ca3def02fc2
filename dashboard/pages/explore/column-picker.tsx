import { useEffect, useId, useRef, useState } from "preact/hooks";
import { FIELD_NAMES, FIELDS } from "../../../core/query/fields.ts";
import type { RecordJson } from "../../../core/record-json.ts";
import { hrefWith } from "../../address/address.ts";
import { Icon } from "../../icons/icon.tsx";
import { fieldsOf } from "../../tail/record-fields.ts";
import { toggleColumn } from "./columns.ts";

/** Of as many records the fields are offered. */
const SAMPLE = 100;

interface ColumnPickerProps {
  columns: readonly string[];
  records: readonly RecordJson[];
}

/** Chooses the columns: of the fields that occur, the others after them. */
export function ColumnPicker({ columns, records }: ColumnPickerProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") setOpen(false);
    };
    addEventListener("pointerdown", leave);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("keydown", onKey);
    };
  }, [isOpen]);
  return (
    <div class="picker" ref={place}>
      <button
        type="button"
        class="button small"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="columns" size={14} /> Columns
      </button>
      {isOpen && (
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
      )}
    </div>
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
