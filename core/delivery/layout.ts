/**
 * How the batches of a service are spread over its streams. Only shard 0 makes a new layout; whoever hears of a newer
 * one keeps it and takes nothing more under an older one.
 */
export interface Layout {
  /** Grows with each change; 0 before the first. */
  epoch: number;
  /** New batches go to shards 0 to `shards` - 1. */
  shards: number;
  /** Shards 0 to `known` - 1 may hold records. */
  known: number;
  /** Counts before this one, and until when: who comes again after a change is looked for where he was. */
  earlier: { shards: number; untilMs: number }[];
}

export const FIRST_LAYOUT: Layout = { epoch: 0, shards: 1, known: 1, earlier: [] };

/** A stream that did not hear of a change at once hears of it with the next batch, at the latest within this time. */
const SLOW_NEWS_MS = 3_600_000;
/** The longest that anything is known by its name: keys and sessions. */
const LONGEST_KEPT_MS = 24 * 3_600_000;

export function nextLayout(layout: Layout, shards: number, nowMs: number): Layout {
  const untilMs = nowMs;
  const earlier = [{ shards: layout.shards, untilMs }, ...layout.earlier];
  return {
    epoch: layout.epoch + 1,
    shards,
    known: Math.max(layout.known, shards),
    earlier: earlier.filter((one) => isRemembered(one.untilMs, LONGEST_KEPT_MS, nowMs)),
  };
}

/** The shard of a key or session among `shards`: the same for whoever asks, about as many names to each. */
export function homeOf(name: string, shards: number): number {
  if (shards === 1) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % shards;
}

/** Where a name that is known for `keptMs` may have had its home before, without its home of now. */
export function earlierHomes({ shards, earlier }: Layout, name: string, keptMs: number, nowMs: number): number[] {
  const homes = new Set<number>();
  for (const one of earlier) if (isRemembered(one.untilMs, keptMs, nowMs)) homes.add(homeOf(name, one.shards));
  homes.delete(homeOf(name, shards));
  return [...homes];
}

const isRemembered = (untilMs: number, keptMs: number, nowMs: number): boolean =>
  nowMs < untilMs + keptMs + SLOW_NEWS_MS;
