import type { TallyJson } from "../../core/live/frames.ts";

export const emptyTally = (): TallyJson => ({ count: 0, bytes: 0, levels: {}, statuses: {} });

/** Adds `tally`, `times` times: -1 takes it away. */
export function addTally(into: TallyJson, tally: TallyJson, times: 1 | -1 = 1): void {
  into.count += times * tally.count;
  into.bytes += times * tally.bytes;
  addCounts(into.levels, tally.levels, times);
  addCounts(into.statuses, tally.statuses, times);
}

function addCounts<Name extends string>(
  into: Partial<Record<Name, number>>,
  counts: Partial<Record<Name, number>>,
  times: number,
): void {
  for (const name in counts) into[name] = (into[name] ?? 0) + times * counts[name]!;
}

/** error and fatal: what the error rate counts. */
export const errorsOf = ({ levels }: Pick<TallyJson, "levels">): number => (levels.error ?? 0) + (levels.fatal ?? 0);
