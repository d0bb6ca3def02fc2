import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Answer } from "../api/answer.ts";
import type { Scope } from "../api/questions.ts";
import type { ServiceFeed } from "../live/service-feed.ts";
import { onTick } from "../live/tick.ts";
import type { RelativeRange } from "../time/range.ts";
import { type Series, seriesOfStats } from "./bucket.ts";
import { liveSeries } from "./live-series.ts";
import { useStats } from "./use-scope-answer.ts";

/** Large charts are drawn at most so often: more is hardly seen, and costs frames. */
const DRAW_EVERY_MS = 300;

export type Charted = Pick<Answer<Series>, "value" | "failure" | "isEarlier" | "again">;

/** Bars of longer ranges do not grow visibly within a second; what counts there is when things happened, not when they came. */
const LONGEST_COUNTED_MS = 3_600_000;

/** The range that the live counters can answer: they know no filters. */
const countedRange = ({ range, q }: Scope): RelativeRange | undefined =>
  range.kind === "relative" && range.ms <= LONGEST_COUNTED_MS && q === "" ? range : undefined;

/**
 * The bars of a scope: from the live counters where they know, else from the API. A signal, so that only those are drawn
 * again that show them.
 */
export function useSeries(scope: Scope, feeds: readonly ServiceFeed[]): ReadonlySignal<Charted> {
  const charted = useSignal<Charted>({ value: undefined, failure: undefined, isEarlier: false, again: () => {} });
  const stats = useStats(scope);
  const { value, failure, isEarlier, again } = stats;

  // Until the feeds speak, what the API knows of the same range: it may be of the page's first paint.
  const beforeFeeds = useRef<Series>(undefined);
  beforeFeeds.current = value?.buckets.some(({ count }) => count > 0) ? seriesOfStats(value, scope.range) : undefined;

  useLayoutEffect(() => {
    const range = countedRange(scope);
    if (!range) return;
    charted.value = { value: beforeFeeds.current, failure: undefined, isEarlier: false, again };
    return onTick(feeds, { everyMs: DRAW_EVERY_MS, stepMs: Math.min(range.stepMs, 60_000) }, (atMs) => {
      const known = feeds.filter((feed) => feed.lastSeq !== undefined);
      if (known.length > 0) charted.value = { ...charted.peek(), value: liveSeries(known, range, atMs) };
    });
  }, [scope, feeds, charted, again]);

  useEffect(() => {
    if (countedRange(scope)) {
      if (!charted.peek().value) charted.value = { ...charted.peek(), value: beforeFeeds.current };
      return;
    }
    charted.value = { value: value && seriesOfStats(value, scope.range), failure, isEarlier, again };
  }, [scope, value, failure, isEarlier, again, charted]);
  return charted;
}
