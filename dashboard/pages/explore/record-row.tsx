// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed one by one cannot be those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its row
import type { RecordJson } from "../../../core/record-json.ts";
import { clockMs, day, full, isSameDay } from "../../format/time.ts";
import { linePartsOf } from "../../tail/line-parts.ts";
import { cellOf, sideOf } from "./columns.ts";

interface RecordRowProps {
  id: string;
  record: RecordJson;
  columns: readonly string[];
  row: number;
  topPx: number;
  /** Where the arrow keys are. */
  isAt: boolean;
  isOpen: boolean;
  onOpen: () => void;
}

export function RecordRow({ id, record, columns, row, topPx, isAt, isOpen, onOpen }: RecordRowProps) {
  const ms = Date.parse(record.time);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    <div
      id={id}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isOpen}
      class={`record-row level-${record.level ?? "unknown"} ${isAt ? "at" : ""} ${isOpen ? "open" : ""}`}
      style={{ top: `${topPx}px` }}
      onClick={() => getSelection()?.toString() === "" && onOpen()}
    >
      <span role="gridcell" class="cell-time" title={full(ms)}>
        {isSameDay(ms, Date.now()) ? clockMs(ms) : `${day(ms)} ${clockMs(ms).slice(0, 8)}`}
      </span>
      {columns.map((name) => (
        <span
          key={name}
          role="gridcell"
          class={`cell-${name === "line" || name === "level" ? name : "field"} ${sideOf(name)}`}
        >
          {name === "line" ? <LineCell record={record} /> : cellOf(record, name)}
        </span>
      ))}
    </div>
  );
}

function LineCell({ record }: { record: RecordJson }) {
  const { text, extras } = linePartsOf(record);
  return (
    <>
      {record.status !== undefined && <b class={`status s${Math.floor(record.status / 100)}`}>{record.status}</b>}
      {text}
      {extras.map((extra) => (
        <span key={extra} class="extra">
          {extra}
        </span>
      ))}
    </>
  );
}
