import { LEVELS, type LogRecord } from "../record.ts";
import { COUNTED, type Counted } from "./dimensions.ts";
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
  levels: number[] = [0, 0, 0, 0, 0, 0, 0];
  statuses = new Map<number, number>();
  /** Sum of response bodies in bytes. */
  bytes = 0;
  durations = new DurationSketch();
  ips = new DistinctSketch();
  users = new DistinctSketch();
  /** By index of COUNTED; absent where no record has the dimension. */
  values: (HeavyHitters | undefined)[] = COUNTED.map(() => undefined);
}

export const emptySummary = (): Summary => new Summary();

const LEVEL_INDEX = new Map<string, number>(LEVELS.map((level, index) => [level, index]));
const INDEX = Object.fromEntries(COUNTED.map((name, index) => [name, index])) as Record<Counted, number>;

/** Changes the summary given. */
export function addRecord(summary: Summary, record: LogRecord): void {
  summary.count++;
  const level = record.level === undefined ? undefined : LEVEL_INDEX.get(record.level);
  summary.levels[level ?? UNKNOWN_LEVEL]!++;
  if (record.status !== undefined) addStatus(summary, record.status);
  if (record.bytes !== undefined && record.bytes > 0) summary.bytes += record.bytes;
  if (record.durationMs !== undefined) summary.durations.add(record.durationMs);
  const user = record.userId ?? record.user;
  if (user !== undefined) summary.users.add(textHash(user));
  // A value that is followed is in the sketch already.
  if (record.ip !== undefined && addValue(summary, INDEX.ip, record.ip)) summary.ips.add(textHash(record.ip));
  // One line each: a loop over the names takes twice the time of the whole function.
  if (record.path !== undefined) addValue(summary, INDEX.path, record.path);
  if (record.pathTemplate !== undefined) addValue(summary, INDEX.pathTemplate, record.pathTemplate);
  if (record.country !== undefined) addValue(summary, INDEX.country, record.country);
  if (record.browser !== undefined) addValue(summary, INDEX.browser, record.browser);
  if (record.os !== undefined) addValue(summary, INDEX.os, record.os);
  if (record.device !== undefined) addValue(summary, INDEX.device, record.device);
  if (record.bot !== undefined) addValue(summary, INDEX.bot, record.bot);
  if (record.method !== undefined) addValue(summary, INDEX.method, record.method);
  if (record.referrer !== undefined) addValue(summary, INDEX.referrer, record.referrer);
  if (record.event !== undefined) addValue(summary, INDEX.event, record.event);
  if (record.host !== undefined) addValue(summary, INDEX.host, record.host);
  if (record.app !== undefined) addValue(summary, INDEX.app, record.app);
}

function addStatus({ statuses }: Summary, given: number): void {
  const status = Number.isInteger(given) && given >= 100 && given <= 599 ? given : OTHER_STATUS;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}

function addValue({ values }: Summary, index: number, value: string): boolean {
  const hitters = values[index];
  if (hitters !== undefined) return hitters.add(value);
  values[index] = new HeavyHitters();
  return values[index].add(value);
}

/** Adds `other` to `target`, which changes; nothing is cut, so that the order of merges does not matter. */
export function mergeInto(target: Summary, other: Summary): Summary {
  target.count += other.count;
  for (let i = 0; i < target.levels.length; i++) target.levels[i]! += other.levels[i]!;
  for (const [status, count] of other.statuses) target.statuses.set(status, (target.statuses.get(status) ?? 0) + count);
  target.bytes += other.bytes;
  target.durations.mergeIn(other.durations);
  target.ips.mergeIn(other.ips);
  target.users.mergeIn(other.users);
  for (let i = 0; i < COUNTED.length; i++) {
    const values = other.values[i];
    if (values === undefined) continue;
    target.values[i] ??= new HeavyHitters();
    target.values[i]!.mergeIn(values);
  }
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
  for (const values of merged.values) values?.cut(capacity);
  return merged;
}
