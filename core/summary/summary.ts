import { LEVELS, type LogRecord } from "../record.ts";
import { COUNTED } from "./dimensions.ts";
import { DistinctSketch } from "./distinct-sketch.ts";
import { DurationSketch } from "./duration-sketch.ts";
import { HeavyHitters } from "./heavy-hitters.ts";
import { textHash } from "./text-hash.ts";

/** Where `Summary.levels` counts records without a level. */
export const UNKNOWN_LEVEL = LEVELS.length;
/** The key of `Summary.statuses` for everything that is no HTTP status (100-599). */
export const OTHER_STATUS = 0;

/** Mergeable statistics of some records of one service. */
export class Summary {
  count = 0;
  /** By index of LEVELS; the last one counts records without a level. */
  levels: number[] = new Array<number>(LEVELS.length + 1).fill(0);
  statuses = new Map<number, number>();
  /** Sum of response bodies in bytes. */
  bytes = 0;
  durations = new DurationSketch();
  ips = new DistinctSketch();
  users = new DistinctSketch();
  /** By index of COUNTED. */
  values: HeavyHitters[] = COUNTED.map(() => new HeavyHitters());
}

export const emptySummary = (): Summary => new Summary();

const LEVEL_INDEX = new Map<string, number>(LEVELS.map((level, index) => [level, index]));

/** Changes the summary given. */
export function addRecord(summary: Summary, record: LogRecord): void {
  summary.count++;
  const level = record.level === undefined ? undefined : LEVEL_INDEX.get(record.level);
  summary.levels[level ?? UNKNOWN_LEVEL]!++;
  if (record.status !== undefined) {
    const status = isStatus(record.status) ? record.status : OTHER_STATUS;
    summary.statuses.set(status, (summary.statuses.get(status) ?? 0) + 1);
  }
  if (record.bytes !== undefined && record.bytes > 0) summary.bytes += record.bytes;
  if (record.durationMs !== undefined) summary.durations.add(record.durationMs);
  const user = record.userId ?? record.user;
  if (user !== undefined) summary.users.add(textHash(user));
  if (record.ip !== undefined) summary.ips.add(textHash(record.ip));
  for (let i = 0; i < COUNTED.length; i++) {
    const value = record[COUNTED[i]!];
    if (value !== undefined) summary.values[i]!.add(value);
  }
}

const isStatus = (status: number): boolean => Number.isInteger(status) && status >= 100 && status <= 599;

/** Adds `other` to `target`, which changes; nothing is cut, so that the order of merges does not matter. */
export function mergeInto(target: Summary, other: Summary): Summary {
  target.count += other.count;
  for (let i = 0; i < target.levels.length; i++) target.levels[i]! += other.levels[i]!;
  for (const [status, count] of other.statuses) target.statuses.set(status, (target.statuses.get(status) ?? 0) + count);
  target.bytes += other.bytes;
  target.durations.mergeIn(other.durations);
  target.ips.mergeIn(other.ips);
  target.users.mergeIn(other.users);
  for (let i = 0; i < COUNTED.length; i++) target.values[i]!.mergeIn(other.values[i]!);
  return target;
}

/** How many values a dimension keeps when summaries are merged to answer a question. */
export const QUESTION_CAPACITY = 5_000;

/** A new summary of the records of both; at most `capacity` values a dimension. Neither argument changes. */
export function merge(a: Summary, b: Summary, capacity: number = QUESTION_CAPACITY): Summary {
  return mergeAll([a, b], capacity);
}

/** A new summary of the records of all; at most `capacity` values a dimension. The arguments do not change. */
export function mergeAll(summaries: Iterable<Summary>, capacity: number = QUESTION_CAPACITY): Summary {
  const merged = emptySummary();
  for (const summary of summaries) mergeInto(merged, summary);
  for (const values of merged.values) values.cut(capacity);
  return merged;
}
