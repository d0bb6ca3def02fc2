import { serverNowMs } from "./clock.ts";
import type { ServiceFeed } from "./service-feed.ts";

interface Pace {
  /** Looked at so often, while the page is shown. */
  everyMs: number;
  /** The server's clock is a change too, in steps of this. */
  stepMs: number;
}

/** Calls back when something arrived in the feeds or time went on, with the server's time. Answers how to stop. */
export function onTick(
  feeds: readonly ServiceFeed[],
  { everyMs, stepMs }: Pace,
  tick: (atMs: number) => void,
): () => void {
  let seen = "";
  const look = () => {
    if (document.hidden) return;
    const atMs = serverNowMs();
    const state = `${feeds.map((feed) => feed.version.peek()).join()} ${Math.floor(atMs / stepMs)}`;
    if (state === seen) return;
    seen = state;
    tick(atMs);
  };
  look();
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
}
