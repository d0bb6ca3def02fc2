import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A scroll so soon after a wheel, finger, key or press is that person's. */
const SOON_MS = 700;
const SIGNS = ["wheel", "touchmove", "pointerdown", "keydown"];

/**
 * Whether somebody is scrolling an element, or it only scrolls: lines that come, go or find their height move its
 * content too, and the event does not tell.
 */
export function useScrollIntent(place: RefObject<HTMLElement | null>): () => boolean {
  const meantMs = useRef(0);
  useEffect(() => {
    const element = place.current;
    const note = () => {
      meantMs.current = performance.now();
    };
    // A scroll bar that is held has no events of its own until it is let go.
    const noteHeld = (event: PointerEvent) => {
      if (event.buttons > 0) note();
    };
    for (const sign of SIGNS) element?.addEventListener(sign, note, { passive: true });
    element?.addEventListener("pointermove", noteHeld, { passive: true });
    return () => {
      for (const sign of SIGNS) element?.removeEventListener(sign, note);
      element?.removeEventListener("pointermove", noteHeld);
    };
  }, [place]);
  return () => performance.now() - meantMs.current < SOON_MS;
}
