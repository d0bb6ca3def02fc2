import type { RecordJson } from "../record-json.ts";
import { DurationSketch } from "../summary/duration-sketch.ts";
import { mostOf } from "../summary/most-of.ts";
import type { Durations } from "../summary/read-summary.ts";
import { emptySummary } from "../summary/summary.ts";
import { roundedDurations } from "./bucket-json.ts";

/** Records that share their values. What is not told of a group is not known where the answer comes from. */
export interface GroupJson {
  /** By the names asked for; null where a record has no such value. */
  key: Record<string, string | null>;
  count: number;
  /** How many each step had. */
  counts: number[];
  /** Records of level error and fatal. */
  errors?: number;
  /** Sum of response bodies. */
  bytes?: number;
  durationMs?: Durations;
}

interface Group {
  values: (string | null)[];
  count: number;
  counts: number[];
  errors: number;
  bytes: number;
  durations: DurationSketch;
}

/** Groups that are followed, and counts kept of all their steps; records of other groups are counted together. */
export const MAX_GROUPS = 10_000;
const MAX_COUNTS = 1_000_000;
/** A longer value is cut: nobody reads it in a list, and ten thousand of them have to fit into memory. */
const MAX_VALUE_CHARS = 256;

/** Counts records by one or two values, exactly up to MAX_GROUPS of them, or fewer where there are many steps. */
export class Groups {
  /** Records of groups that came after there were too many. */
  untold = 0;
  total = 0;
  readonly #steps: number;
  readonly #maxGroups: number;
  readonly #groups = new Map<string, Group>();

  /** @param steps how many steps the range has */
  constructor(steps: number) {
    this.#steps = steps;
    this.#maxGroups = Math.min(MAX_GROUPS, Math.floor(MAX_COUNTS / Math.max(1, steps)));
  }

  /** @param step number of the record's step, from 0 */
  add(record: RecordJson, values: readonly (string | undefined)[], step: number): void {
    this.total++;
    const group = this.#groupOf(values);
    if (!group) {
      this.untold++;
      return;
    }
    group.count++;
    if (step >= 0 && step < this.#steps) group.counts[step]!++;
    if (record.level === "error" || record.level === "fatal") group.errors++;
    group.bytes += record.bytes ?? 0;
    if (record.durationMs !== undefined) group.durations.add(record.durationMs);
  }

  /** The largest groups first; among equals by their values. */
  top(names: readonly string[], limit: number): GroupJson[] {
    const groups = mostOf(this.#groups, limit, ([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
    return groups.map(([, { values, count, counts, errors, bytes, durations }]) => {
      const durationMs = roundedDurations(Object.assign(emptySummary(), { durations }));
      const key = Object.fromEntries(names.map((name, at) => [name, values[at]!]));
      return { key, count, counts, errors, bytes, ...(durationMs ? { durationMs } : {}) };
    });
  }

  #groupOf(given: readonly (string | undefined)[]): Group | undefined {
    const values = given.map((value) => value?.slice(0, MAX_VALUE_CHARS) ?? null);
    const name = JSON.stringify(values);
    const known = this.#groups.get(name);
    if (known || this.#groups.size >= this.#maxGroups) return known;
    const group = {
      values,
      count: 0,
      counts: new Array<number>(this.#steps).fill(0),
      errors: 0,
      bytes: 0,
      durations: new DurationSketch(),
    };
    this.#groups.set(name, group);
    return group;
  }
}
