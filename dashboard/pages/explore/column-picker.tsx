import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { Icon } from "../../icons/icon.tsx";
import { lazy } from "../../shell/lazy.tsx";

const ColumnChoices = lazy(async () => (await import("./column-choices.tsx")).ColumnChoices, 0);

const fetchChoices = () => void ColumnChoices.fetched().catch(() => undefined);

interface ColumnPickerProps {
  columns: readonly string[];
  records: readonly RecordJson[];
}

/** Chooses the columns: of the fields that occur, the others after them. */
export function ColumnPicker({ columns, records }: ColumnPickerProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
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
        ref={button}
        type="button"
        class="button small"
        aria-expanded={isOpen}
        aria-controls={id}
        onPointerEnter={fetchChoices}
        onFocus={fetchChoices}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="columns" size={14} /> Columns
      </button>
      {isOpen && <ColumnChoices id={id} columns={columns} records={records} />}
    </div>
  );
}
