import type { Scope } from "../api/questions.ts";
import type { ServiceFeed } from "../live/service-feed.ts";
import type { Charted } from "../series/use-series.ts";

/** What every panel of a page is given: what the page is about, its live feeds, and its bars. */
export interface Scene {
  scope: Scope;
  feeds: readonly ServiceFeed[];
  series: Charted;
}
