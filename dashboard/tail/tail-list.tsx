import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { isSameDay } from "../format/time.ts";
import { moveFocus } from "./move-focus.ts";
import { useScrollIntent } from "./scroll-intent.ts";
import type { TailBuffer, TailRow } from "./tail-buffer.ts";
import { TailGap, TailLine } from "./tail-line.tsx";

/** So near to the end counts as at the end. */
const END_PX = 24;

/** The lines of a tail, the latest at the end. It follows its end until one scrolls up or opens a line. */
export function TailList({ tail, showService, wrap }: { tail: TailBuffer; showService: boolean; wrap: boolean }) {
  const place = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<string>();
  const isHeldByScroll = useRef(false);
  const isMeant = useScrollIntent(place);
  void tail.version.value;
  const { rows } = tail;

  // A row that is the same as before is not looked at again: of 500 rows, 480 are.
  // Rows drawn otherwise are other rows
  const drawn = useMemo(() => new WeakMap<TailRow, VNode>(), [showService, open]);
  const toggle = (key: string) => {
    tail.hold();
    setOpen((before) => (before === key ? undefined : key));
  };
  const draw = (row: TailRow): VNode => {
    const known = drawn.get(row);
    if (known) return known;
    const made =
      row.kind === "record" ? (
        <TailLine
          key={row.key}
          record={row.record}
          showService={showService}
          isOpen={open === row.key}
          onToggle={() => toggle(row.key)}
        />
      ) : (
        <TailGap key={row.key} row={row} />
      );
    drawn.set(row, made);
    return made;
  };

  useLayoutEffect(() => {
    const element = place.current;
    if (element && !tail.isHeld.peek()) element.scrollTop = element.scrollHeight;
  }, [tail, rows]);

  const onScroll = () => {
    const element = place.current;
    if (!element) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    if (!isAtEnd && isMeant() && !tail.isHeld.peek()) {
      isHeldByScroll.current = true;
      tail.hold();
    } else if (isAtEnd && isHeldByScroll.current && !open) {
      isHeldByScroll.current = false;
      tail.release();
    }
  };

  const isDated = rows.some((row) => row.kind === "record" && !isSameDay(Date.parse(row.record.time), Date.now()));
  return (
    <ol
      class={`lines ${wrap ? "wrap" : ""} ${isDated ? "dated" : ""} ${showService ? "with-service" : ""}`}
      ref={place}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Lines, latest last"
      onScroll={onScroll}
      onKeyDown={moveFocus}
    >
      {rows.map(draw)}
    </ol>
  );
}
