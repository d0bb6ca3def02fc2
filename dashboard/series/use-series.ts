import { useMemo } from "preact/hooks";
import type { Answer } from "../api/answer.ts";
import type { Scope } from "../api/questions.ts";
import type { ServiceFeed } from "../live/service-feed.ts";
import { useTick } from "../live/use-tick.ts";
import type { RelativeRange } from "../time/range.ts";
import { type Series, seriesOfStats } from "./bucket.ts";
import { liveSeries } from "./live-series.ts";
import { useStats } from "./use-scope-answer.ts";

/** Large charts are drawn at most four times a second: more is not seen, and costs frames. */
const DRAW_EVERY_MS = 250;
/** A bar of ten minutes does not grow visibly in less. */
const DRAW_LONG_EVERY_MS = 1_000;

export type Charted = Pick<Answer<Series>, "value" | "failure" | "isEarlier" | "again">;

/** The range that the live counters can answer: they know neither filters nor more than a day. */
const countedRange = ({ range, q }: Scope): RelativeRange | undefined =>
  range.kind === "relative" && q === "" ? range : undefined;

/** The bars of a scope: from the live counters where they know, else from the API. */
export function useSeries(scope: Scope, feeds: readonly ServiceFeed[]): Charted {
  const range = countedRange(scope);
  const stepMs = range?.stepMs ?? 60_000;
  const atMs = useTick(feeds, stepMs > 60_000 ? DRAW_LONG_EVERY_MS : DRAW_EVERY_MS, Math.min(stepMs, 60_000));
  const counted = useMemo(() => {
    const known = feeds.filter((feed) => feed.lastSeq !== undefined);
    return range && known.length > 0 ? liveSeries(known, range, atMs) : undefined;
  }, [range, feeds, atMs]);
  const stats = useStats(scope);
  const asked = useMemo(() => stats.value && seriesOfStats(stats.value, scope.range), [stats.value, scope.range]);
  if (range) return { value: counted, failure: undefined, isEarlier: false, again: stats.again };
  return { value: asked, failure: stats.failure, isEarlier: stats.isEarlier, again: stats.again };
}
