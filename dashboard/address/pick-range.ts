import { askTop } from "../api/questions.ts";
import { services } from "../live/overview-feed.ts";
import { type Range, RELATIVE } from "../time/range.ts";

/** A stream that began this recently fills five minutes better than an hour. */
const YOUNG_MS = 360_000;

/** The last five minutes of what has just begun, else the shortest range in which something arrived. */
export function rangeOfActivity(service: string | undefined, nowMs: number): Range {
  const known = service === undefined ? [...(services.peek()?.values() ?? [])] : [services.peek()?.get(service)];
  const ageMs = nowMs - Math.min(...known.map((one) => one?.firstSeenMs ?? nowMs));
  const idleMs = nowMs - Math.max(0, ...known.map((one) => one?.lastSeenMs ?? 0));
  if (ageMs < YOUNG_MS && idleMs < RELATIVE["5m"].ms) return RELATIVE["5m"];
  if (idleMs < RELATIVE["1h"].ms) return RELATIVE["1h"];
  return idleMs < RELATIVE["24h"].ms ? RELATIVE["24h"] : { kind: "all" };
}

/** Whether any record carries a time of its own in the range: an old log that was posted a moment ago does not. */
export async function hasOwnTimesIn(range: Range, service: string | undefined, signal: AbortSignal): Promise<boolean> {
  const { values, other } = await askTop({ service, range, q: "" }, "level", 1, signal);
  return values.length > 0 || other > 0;
}
