import { LEVELS, type Level } from "../record.ts";
import { COUNTED, type Counted, type Dimension } from "./dimensions.ts";
import { estimateOf } from "./distinct-estimate.ts";
import { HeavyHitters, Tally } from "./heavy-hitters.ts";
import { OTHER_STATUS, type Summary, UNKNOWN_LEVEL } from "./summary.ts";
import { type Top, topOfHitters } from "./top-of-hitters.ts";

export interface Durations {
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  max: number;
  avg: number;
}

/** Records by level; levels that did not occur are absent, `unknown` counts records without one. */
export function levelsOf(summary: Summary): Partial<Record<Level | "unknown", number>> {
  const levels: Partial<Record<Level | "unknown", number>> = {};
  for (const [index, level] of LEVELS.entries()) if (summary.levels[index]! > 0) levels[level] = summary.levels[index]!;
  if (summary.levels[UNKNOWN_LEVEL]! > 0) levels.unknown = summary.levels[UNKNOWN_LEVEL]!;
  return levels;
}

/** Records by class of status, `2xx`; classes that did not occur are absent, `other` counts what is no HTTP status. */
export function statusClassesOf(summary: Summary): Record<string, number> {
  const classes: Record<string, number> = {};
  for (const [status, count] of [...summary.statuses].sort(([a], [b]) => a - b)) {
    const name = status === OTHER_STATUS ? "other" : `${Math.floor(status / 100)}xx`;
    classes[name] = (classes[name] ?? 0) + count;
  }
  return classes;
}

/** Milliseconds, quantiles within 1 %; undefined when no record had a duration. */
export function durationsOf(summary: Summary): Durations | undefined {
  const { durations } = summary;
  if (durations.count === 0) return undefined;
  return {
    p50: durations.quantileMs(0.5),
    p90: durations.quantileMs(0.9),
    p95: durations.quantileMs(0.95),
    p99: durations.quantileMs(0.99),
    max: durations.maxMs,
    avg: durations.sumUs / 1000 / durations.count,
  };
}

/** Exact up to 256, then with a relative standard error of 1 %. */
export const uniqueIpsOf = (summary: Summary): number => estimateOf(summary.ips);

/** Different user ids, or user names where there is no id. Exact up to 256, then with a relative standard error of 1 %. */
export const uniqueUsersOf = (summary: Summary): number => estimateOf(summary.users);

/** The most frequent values of a dimension. */
export function topOf(summary: Summary, dimension: Dimension, limit: number): Top {
  return topOfHitters(hittersOf(summary, dimension) ?? new HeavyHitters(), limit);
}

function hittersOf(summary: Summary, dimension: Dimension): HeavyHitters | undefined {
  if (dimension === "status")
    return hittersOfCounts([...summary.statuses].map(([status, count]) => [`${status}`, count]));
  if (dimension === "level") return hittersOfCounts(LEVELS.map((level, index) => [level, summary.levels[index]!]));
  return summary.values[COUNTED.indexOf(dimension satisfies Counted)];
}

/** All of them, exactly; the counts of what is no status have no value to be listed under. */
function hittersOfCounts(counts: [value: string, count: number][]): HeavyHitters {
  const hitters = new HeavyHitters();
  for (const [value, count] of counts) {
    hitters.total += count;
    if (value === `${OTHER_STATUS}`) hitters.long += count;
    else if (count > 0) hitters.tallies.set(value, new Tally(value, count, 0));
  }
  return hitters;
}
