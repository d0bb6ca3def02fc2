import type { ReadonlySignal } from "@preact/signals";
import type { Scope } from "../api/questions.ts";
import type { ServiceFeed } from "../live/service-feed.ts";
import type { Charted } from "../series/use-series.ts";

/**
 * What every panel of a page is given: what the page is about, its live feeds, and its bars. The same for
 * as long as the page is about the same; what changes is in signals.
 */
export interface Scene {
  scope: Scope;
  feeds: readonly ServiceFeed[];
  series: ReadonlySignal<Charted>;
}
