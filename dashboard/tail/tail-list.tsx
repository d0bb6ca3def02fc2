import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isSameDay } from "../format/time.ts";
import { pure } from "../shell/pure.tsx";
import { moveFocus } from "./move-focus.ts";
import { onLineClick } from "./on-line-click.ts";
import { useScrollIntent } from "./scroll-intent.ts";
import type { TailBuffer } from "./tail-buffer.ts";
import { TailGap, TailLine } from "./tail-line.tsx";
import { useFollowedRows } from "./use-followed-rows.ts";

/** All lines are drawn once somebody scrolls up to so near to where the followed ones begin. */
const BEGIN_PX = 400;
/** So near to the end counts as at the end. */
const END_PX = 24;

/** Most lines are those of before. */
const Line = pure(TailLine);

interface TailListProps {
  tail: TailBuffer;
  showService: boolean;
  wrap: boolean;
  mark?: string;
}

/** The lines of a tail, the latest at the end. It follows its end until one scrolls up or opens a line. */
export function TailList({ tail, showService, wrap, mark = "" }: TailListProps) {
  const place = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<string>();
  const [isWhole, setWhole] = useState(false);
  const isHeldByScroll = useRef(false);
  const isMeant = useScrollIntent(place);
  void tail.version.value;
  const isHeld = tail.isHeld.value;
  const followed = useFollowedRows(place);
  const begin = Math.max(0, tail.rows.length - followed);
  const rows = isWhole ? tail.rows : tail.rows.slice(begin);
  // A line that goes leaves its elements to one that comes: they are not made anew two hundred times a second.
  const placeOf = (at: number): number => (tail.passed + at) % followed;

  const toggle = (key: string) => {
    tail.hold();
    setOpen((before) => (before === key ? undefined : key));
  };
  useLayoutEffect(() => {
    if (isHeld) return;
    if (place.current) place.current.scrollTop = place.current.scrollHeight;
    setWhole(false);
  });
  const heightPx = useRef(0);
  useLayoutEffect(() => {
    // The earlier rows came in above; what is read stays where it is.
    if (isWhole && place.current) place.current.scrollTop += place.current.scrollHeight - heightPx.current;
  }, [isWhole]);

  const onScroll = () => {
    const element = place.current;
    if (!element) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    if (!isAtEnd && isMeant() && !isHeld) {
      isHeldByScroll.current = true;
      tail.hold();
    } else if (isAtEnd && isHeldByScroll.current && !open) {
      isHeldByScroll.current = false;
      tail.release();
    }
    if (tail.isHeld.peek() && !isWhole && element.scrollTop < BEGIN_PX) {
      heightPx.current = element.scrollHeight;
      setWhole(true);
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
      onKeyDown={(event) => {
        // Who goes from line to line reads them: they stay.
        if (moveFocus(event)) tail.hold();
      }}
      onClick={(event) => onLineClick(event, toggle)}
    >
      {rows.map((row, shownAt) => {
        const at = isWhole ? shownAt : begin + shownAt;
        const key = at < begin ? row.key : placeOf(at);
        return row.kind === "record" ? (
          <Line
            key={key}
            name={row.key}
            record={row.record}
            showService={showService}
            isOpen={open === row.key}
            mark={mark}
          />
        ) : (
          <TailGap key={key} row={row} />
        );
      })}
    </ol>
  );
}
