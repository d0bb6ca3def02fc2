import { LEVELS, type Level } from "../record.ts";
import { COUNTED, type Counted, type Dimension } from "./dimensions.ts";
import { OTHER_STATUS, type Summary, UNKNOWN_LEVEL } from "./summary.ts";

export interface Durations {
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  max: number;
  avg: number;
}

export interface Top {
  /** Most frequent first, equal counts in the order of their text. */
  values: { value: string; count: number }[];
  /** Records that have the dimension with a value that is not listed. */
  other: number;
  /**
   * The true count of any value, listed or not, is at most this much higher than the count told (for one that is not
   * listed: than the last count listed). 0: everything is exact.
   */
  errorBound: number;
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
export const uniqueIpsOf = (summary: Summary): number => summary.ips.estimate();

/** Different user ids, or user names where there is no id. Exact up to 256, then with a relative standard error of 1 %. */
export const uniqueUsersOf = (summary: Summary): number => summary.users.estimate();

/** The most frequent values of a dimension. */
export function topOf(summary: Summary, dimension: Dimension, limit: number): Top {
  if (dimension === "status") return topOfCounts(statusCounts(summary), summary.statuses.get(OTHER_STATUS) ?? 0, limit);
  if (dimension === "level") return topOfCounts(levelCounts(summary), 0, limit);
  const hitters = summary.values[COUNTED.indexOf(dimension satisfies Counted)]!;
  const values = hitters
    .ranked()
    .slice(0, limit)
    .map(([value, { count }]) => ({ value, count }));
  return { values, other: hitters.total - sumOf(values), errorBound: hitters.errorBound() };
}

const statusCounts = (summary: Summary): [string, number][] =>
  [...summary.statuses].filter(([status]) => status !== OTHER_STATUS).map(([status, count]) => [`${status}`, count]);

const levelCounts = (summary: Summary): [string, number][] =>
  LEVELS.map((level, index): [string, number] => [level, summary.levels[index]!]).filter(([, count]) => count > 0);

function topOfCounts(counts: [string, number][], unnamed: number, limit: number): Top {
  const ranked = counts
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([value, count]) => ({ value, count }));
  const values = ranked.slice(0, limit);
  return { values, other: sumOf(ranked) + unnamed - sumOf(values), errorBound: unnamed };
}

const sumOf = (values: { count: number }[]): number => values.reduce((sum, { count }) => sum + count, 0);
