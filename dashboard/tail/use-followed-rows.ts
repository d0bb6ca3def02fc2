import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** A line takes at least so much: `styles/lines.css`. */
const LEAST_ROW_PX = 24;
/**
 * Above the seen ones: as many as one service brings at once (20 and a note of those left out), so that only lines that
 * are not seen give their elements away, and some can be scrolled before the earlier ones have to be there.
 */
const ROWS_ABOVE = 24;
const FIRST_GUESS = 50;

/** How many of the last lines are drawn while a list follows its end: those that are seen, and some above. */
export function useFollowedRows(place: RefObject<HTMLElement | null>): number {
  const [rows, setRows] = useState(FIRST_GUESS);
  useLayoutEffect(() => {
    if (!place.current) return;
    const watcher = new ResizeObserver(([entry]) => {
      if (entry) setRows(Math.ceil(entry.contentRect.height / LEAST_ROW_PX) + ROWS_ABOVE);
    });
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, [place]);
  return rows;
}
