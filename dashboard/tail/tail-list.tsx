import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isSameDay } from "../format/time.ts";
import { pure } from "../shell/pure.tsx";
import { moveFocus } from "./move-focus.ts";
import { onLineClick } from "./on-line-click.ts";
import { useScrollIntent } from "./scroll-intent.ts";
import type { TailBuffer } from "./tail-buffer.ts";
import { TailGap, TailLine } from "./tail-line.tsx";

/** Drawn while the tail follows its end; all of it once somebody scrolls up to where these begin. */
const FOLLOWED_ROWS = 80;
const BEGIN_PX = 400;
/** So near to the end counts as at the end. */
const END_PX = 24;

/** Of 80 lines, 75 are those of before. */
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
  const rows = isWhole ? tail.rows : tail.rows.slice(-FOLLOWED_ROWS);

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
      onKeyDown={moveFocus}
      onClick={(event) => onLineClick(event, toggle)}
    >
      {rows.map((row) =>
        row.kind === "record" ? (
          <Line
            key={row.key}
            name={row.key}
            record={row.record}
            showService={showService}
            isOpen={open === row.key}
            mark={mark}
          />
        ) : (
          <TailGap key={row.key} row={row} />
        ),
      )}
    </ol>
  );
}
