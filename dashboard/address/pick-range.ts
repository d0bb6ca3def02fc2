import { askTop } from "../api/questions.ts";
import { services } from "../live/overview-feed.ts";
import { type Range, RELATIVE } from "../time/range.ts";
import { automaticRange } from "./scope.ts";

/** A stream that began this recently fills five minutes better than an hour. */
const YOUNG_MS = 360_000;

/**
 * Shows the last five minutes of what has just begun, else the shortest range in which something arrived; and
 * everything, where records carry times of their own that lie elsewhere: an old log that was posted a moment ago is
 * there to be seen.
 */
export async function pickRange(service: string | undefined, nowMs: number, signal: AbortSignal): Promise<void> {
  const known = service === undefined ? [...(services.peek()?.values() ?? [])] : [services.peek()?.get(service)];
  const firstSeenMs = Math.min(...known.map((one) => one?.firstSeenMs ?? nowMs));
  const idleMs = nowMs - Math.max(0, ...known.map((one) => one?.lastSeenMs ?? 0));
  const range = rangeFor(nowMs - firstSeenMs, idleMs);
  if (range.kind === "relative") {
    const { values, other } = await askTop({ service, range, q: "" }, "level", 1, signal);
    automaticRange.value = values.length === 0 && other === 0 ? { kind: "all" } : range;
  } else automaticRange.value = range;
}

function rangeFor(ageMs: number, idleMs: number): Range {
  if (ageMs < YOUNG_MS && idleMs < RELATIVE["5m"].ms) return RELATIVE["5m"];
  if (idleMs < RELATIVE["1h"].ms) return RELATIVE["1h"];
  return idleMs < RELATIVE["24h"].ms ? RELATIVE["24h"] : { kind: "all" };
}
