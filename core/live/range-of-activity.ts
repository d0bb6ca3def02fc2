/** A range of the dashboard that ends now; `all` is everything. */
export type ActivityRange = "5m" | "1h" | "24h" | "all";

/** A stream that began this recently fills five minutes better than an hour. */
const YOUNG_MS = 360_000;
const MS = { "5m": 300_000, "1h": 3_600_000, "24h": 86_400_000 } as const;

interface Seen {
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
}

/** The last five minutes of what has just begun, else the shortest range in which something arrived. */
export function rangeOfActivity(services: readonly Seen[], nowMs: number): ActivityRange {
  const ageMs = nowMs - Math.min(...services.map(({ firstSeenMs }) => firstSeenMs ?? nowMs));
  const idleMs = nowMs - Math.max(0, ...services.map(({ lastSeenMs }) => lastSeenMs ?? 0));
  if (ageMs < YOUNG_MS && idleMs < MS["5m"]) return "5m";
  if (idleMs < MS["1h"]) return "1h";
  return idleMs < MS["24h"] ? "24h" : "all";
}
