import { rangeOfActivity } from "../../core/live/range-of-activity.ts";
import { askTop } from "../api/top-lists.ts";
import { services } from "../live/overview-feed.ts";
import { type Range, RELATIVE } from "../time/range.ts";

/** Where the records of a service (or of all) are, as far as the overview knows. */
export function rangeFor(service: string | undefined, nowMs: number): Range {
  const known = service === undefined ? [...(services.peek()?.values() ?? [])] : [services.peek()?.get(service)];
  const key = rangeOfActivity(
    known.filter((one) => one !== undefined),
    nowMs,
  );
  return key === "all" ? { kind: "all" } : RELATIVE[key];
}

/** Whether any record carries a time of its own in the range: an old log that was posted a moment ago does not. */
export async function hasOwnTimesIn(range: Range, service: string | undefined, signal: AbortSignal): Promise<boolean> {
  const { values, other } = await askTop({ service, range, q: "" }, "level", 1, signal);
  return values.length > 0 || other > 0;
}
