import { LEVELS } from "../record.ts";
import { COUNTED, type Dimension } from "../summary/dimensions.ts";
import { topOf } from "../summary/read-summary.ts";
import type { Bucket } from "../summary/rebucket.ts";
import { mergeAll, type Summary } from "../summary/summary.ts";
import type { GroupJson } from "./groups.ts";

export interface GroupsOfSummaries {
  groups: GroupJson[];
  /** Records of no group listed that have the dimension. */
  other: number;
  /** A count may be lower by that much, see `Top.errorBound`. */
  errorBound: number;
}

/** The most frequent values of a dimension with their counts in each bucket, from statistics alone. */
export function groupsOfSummaries(
  buckets: readonly Bucket[],
  dimension: Dimension,
  name: string,
  limit: number,
): GroupsOfSummaries {
  const { values, other, errorBound } = topOf(mergeAll(buckets.map(({ summary }) => summary)), dimension, limit);
  return {
    groups: values.map(({ value, count }) => ({
      key: { [name]: value },
      count,
      counts: buckets.map(({ summary }) => countOf(summary, dimension, value)),
    })),
    other,
    errorBound,
  };
}

function countOf(summary: Summary, dimension: Dimension, value: string): number {
  if (dimension === "status") return summary.statuses.get(Number(value)) ?? 0;
  if (dimension === "level") return summary.levels[(LEVELS as readonly string[]).indexOf(value)] ?? 0;
  return summary.values[COUNTED.indexOf(dimension)]?.tallies.get(value)?.count ?? 0;
}
