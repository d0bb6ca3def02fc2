import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * Whether an element has been on the screen, or so near to it, once: what costs the server much, or a script of its own, is
 * asked for when somebody gets there.
 */
export function useSeen(place: RefObject<Element | null>, nearPx = 0): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (isSeen || !place.current) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: `${nearPx}px` },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [isSeen, place, nearPx]);
  return isSeen;
}
