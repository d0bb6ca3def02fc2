import { useEffect, useState } from "preact/hooks";
import { serverNowMs } from "./clock.ts";
import type { ServiceFeed } from "./service-feed.ts";

/**
 * Renders again when something arrived in the feeds or `stepMs` of the server's clock has passed, at most every
 * `everyMs`. Answers the server's time of this rendering.
 */
export function useTick(feeds: readonly ServiceFeed[], everyMs: number, stepMs = 1_000): number {
  const [atMs, setAtMs] = useState(serverNowMs);
  useEffect(() => {
    let seen = "";
    const look = () => {
      if (document.hidden) return;
      const now = serverNowMs();
      const state = `${feeds.map((feed) => feed.version.peek()).join()} ${Math.floor(now / stepMs)}`;
      if (state === seen) return;
      seen = state;
      setAtMs(now);
    };
    look();
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [feeds, everyMs, stepMs]);
  return atMs;
}
