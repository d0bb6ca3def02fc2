// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed one by one cannot be those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its row
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { isSameDay } from "../../format/time.ts";
import { gridOf, sideOf } from "./columns.ts";
import { RecordRow } from "./record-row.tsx";

const ROW_PX = 26;
/** Drawn beyond what is seen, so that a quick scroll shows rows. */
const SPARE_ROWS = 12;
/** So near to the end the next page is asked for. */
const NEAR_ROWS = 40;

interface RecordGridProps {
  records: readonly RecordJson[];
  columns: readonly string[];
  /** The record that is open, by its key. */
  open: string | undefined;
  onOpen: (record: RecordJson | undefined) => void;
  onEnd: () => void;
  /** The pointer or the focus came here: a record may be opened next. */
  onNear: () => void;
}

export const keyOf = ({ service, shard, seq }: RecordJson): string => `${service}/${shard}/${seq}`;

/**
 * Records as rows, of which only those are drawn that are seen. One stop of the tab key: arrow keys go from row to row,
 * Enter opens one, Escape closes it.
 */
export function RecordGrid({ records, columns, open, onOpen, onEnd, onNear }: RecordGridProps) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ topPx: 0, heightPx: 600 });
  const [at, setAt] = useState(-1);
  const isDated = records.some(({ time }) => !isSameDay(Date.parse(time), Date.now()));
  const from = Math.max(0, Math.floor(view.topPx / ROW_PX) - SPARE_ROWS);
  const to = Math.min(records.length, Math.ceil((view.topPx + view.heightPx) / ROW_PX) + SPARE_ROWS);

  useLayoutEffect(() => {
    const element = place.current!;
    const look = () => setView({ topPx: element.scrollTop, heightPx: element.clientHeight });
    const resize = new ResizeObserver(look);
    resize.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resize.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  useEffect(() => {
    if (records.length > 0 && to > records.length - NEAR_ROWS) onEnd();
  }, [to, records.length, onEnd]);
  const first = records[0] && keyOf(records[0]);
  const shown = useRef(first);
  // Another list begins at its top. The first one is there: to scroll it would have the browser lay out all at once.
  useEffect(() => {
    if (shown.current === first) return;
    shown.current = first;
    setAt(-1);
    place.current?.scrollTo({ top: 0 });
  }, [first]);

  const go = (row: number) => {
    const next = Math.max(0, Math.min(records.length - 1, row));
    setAt(next);
    const element = place.current!;
    const topPx = next * ROW_PX;
    if (topPx < element.scrollTop) element.scrollTop = topPx;
    // The header covers a row of what is scrolled.
    else if (topPx > element.scrollTop + element.clientHeight - 3 * ROW_PX)
      element.scrollTop = topPx - element.clientHeight + 3 * ROW_PX;
    if (open !== undefined) onOpen(records[next]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor(view.heightPx / ROW_PX) - 2;
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at < 0 ? 0 : at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(records.length - 1),
      Enter: () => onOpen(records[at] && keyOf(records[at]) === open ? undefined : records[at]),
      Escape: () => onOpen(undefined),
    };
    const move = moves[event.key];
    if (!move || event.target !== place.current) return;
    event.preventDefault();
    move();
  };
  return (
    <div
      ref={place}
      class="records-grid"
      role="grid"
      aria-label="Records, newest first"
      aria-rowcount={records.length + 1}
      aria-colcount={columns.length + 1}
      tabIndex={0}
      {...(at >= from && at < to ? { "aria-activedescendant": `${id}-${at}` } : {})}
      style={{ "--columns": gridOf(columns, isDated) }}
      onKeyDown={onKeyDown}
      onPointerEnter={onNear}
      onFocus={onNear}
    >
      <div role="row" aria-rowindex={1} class="records-head">
        {["time", ...columns].map((name) => (
          <span key={name} role="columnheader" class={sideOf(name)}>
            {name === "line" ? "" : name.replace(/^attrs\./, "")}
            {name === "line" && <span class="sr-only">line</span>}
          </span>
        ))}
      </div>
      <div role="presentation" class="records-body" style={{ height: `${records.length * ROW_PX}px` }}>
        {records.slice(from, to).map((record, index) => {
          const row = from + index;
          const key = keyOf(record);
          return (
            <RecordRow
              key={key}
              id={`${id}-${row}`}
              record={record}
              columns={columns}
              row={row}
              topPx={row * ROW_PX}
              isAt={row === at}
              isOpen={key === open}
              onOpen={() => {
                setAt(row);
                onOpen(key === open ? undefined : record);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}
