import { useRef } from "preact/hooks";
import { servicesByActivity } from "../live/overview-feed.ts";

/** A page about all services holds a link to each, up to so many: browsers and phones have no endless supply. */
export const MAX_WATCHED = 12;

/** The services to watch on a page about all: the most active when it opened, and new ones while there is room. */
export function useWatched(): string[] {
  const watched = useRef<string[]>([]);
  for (const { name } of servicesByActivity.value) {
    if (watched.current.length >= MAX_WATCHED) break;
    if (!watched.current.includes(name)) watched.current = [...watched.current, name];
  }
  return watched.current;
}
