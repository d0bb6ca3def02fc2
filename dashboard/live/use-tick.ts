import { useEffect, useState } from "preact/hooks";
import { serverNowMs } from "./clock.ts";
import type { ServiceFeed } from "./service-feed.ts";
import { onTick } from "./tick.ts";

/** Renders again when something arrived in the feeds or a second went by, at most every `everyMs`. Answers the server's time. */
export function useTick(feeds: readonly ServiceFeed[], everyMs: number): number {
  const [atMs, setAtMs] = useState(serverNowMs);
  useEffect(() => onTick(feeds, { everyMs, stepMs: 1_000 }, setAtMs), [feeds, everyMs]);
  return atMs;
}
