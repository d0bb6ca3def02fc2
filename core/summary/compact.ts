import { cutSummary } from "./cut-summary.ts";
import { limitsOf, type RollupStepMs, STEPS_MS, type StepMs } from "./steps.ts";
import { mergeAll, type Summary } from "./summary.ts";

/** A stored part, by its key: what it covers, and the message that wrote it. */
export interface PartKey {
  stepMs: StepMs;
  startMs: number;
  shard: number;
  firstSeq: number;
}

export interface StoredPart extends PartKey {
  /** When the message was received; ages count from here, so that an old log sent today stays fine-grained. */
  receivedMs: number;
}

/** Parts to replace by one, in one transaction. */
export interface PartMerge {
  /** Key of the new part. It may be that of one of the replaced: delete first, then insert. */
  into: PartKey;
  of: StoredPart[];
}

/** Parts of the same time become one once no more are expected soon, or when a question would have to read many. */
export const SETTLED_MS = 3 * 60_000;
const MANY_PARTS = 16;

/** How long parts of a step are kept before they become one of the next. */
const MINUTES_KEPT_MS = 2 * 86_400_000;
const HOURS_KEPT_MS = 30 * 86_400_000;

/** 64 parts of an hour are 4 MB; the rest is merged into the outcome on the next run. */
const MAX_SOURCES = 64;

const [, HOUR_MS, DAY_MS] = STEPS_MS;

/**
 * Which parts of one service to merge now: into days what was received 30 days ago, into hours what was received two days
 * ago, and in any case several parts of the same time. No part is in two merges; run it again until it is empty.
 *
 * No merge changes an answer at its step or a longer one, but for top lists past their capacity, whose error bound grows, and
 * for uniques of a minute with thousands of addresses and of users, whose sketches are folded (`cutSummary`).
 */
export function planCompaction(parts: readonly StoredPart[], nowMs: number): PartMerge[] {
  const days = takeGroups(parts, DAY_MS, (group) => isCoarsened(group, DAY_MS, nowMs - HOURS_KEPT_MS));
  const hours = takeGroups(days.left, HOUR_MS, (group) => isCoarsened(group, HOUR_MS, nowMs - MINUTES_KEPT_MS));
  const same = STEPS_MS.map((stepMs) =>
    takeGroups(
      hours.left.filter((part) => part.stepMs === stepMs),
      stepMs,
      (group) => group.length >= MANY_PARTS || (group.length > 1 && isOlder(group, nowMs - SETTLED_MS)),
    ),
  );
  return [days, hours, ...same].flatMap(({ merges }) => merges);
}

/** The part that takes the place of others, within the limits of its step. The arguments do not change. */
export function compactedSummary(stepMs: StepMs | RollupStepMs, summaries: Iterable<Summary>): Summary {
  return cutSummary(mergeAll(summaries, Number.POSITIVE_INFINITY), limitsOf(stepMs));
}

const isOlder = (group: readonly StoredPart[], beforeMs: number): boolean =>
  group.every(({ receivedMs }) => receivedMs <= beforeMs);

const isCoarsened = (group: readonly StoredPart[], stepMs: StepMs, beforeMs: number): boolean =>
  isOlder(group, beforeMs) && (group.length > 1 || group[0]!.stepMs < stepMs);

/** Merges of those groups of parts no longer than the step, one group a step, that `isDue`; and all other parts. */
function takeGroups(
  parts: readonly StoredPart[],
  stepMs: StepMs,
  isDue: (group: readonly StoredPart[]) => boolean,
): { merges: PartMerge[]; left: StoredPart[] } {
  const left = parts.filter((part) => part.stepMs > stepMs);
  const groups = Map.groupBy(
    parts.filter((part) => part.stepMs <= stepMs),
    ({ startMs }) => Math.floor(startMs / stepMs) * stepMs,
  );
  const merges: PartMerge[] = [];
  for (const [startMs, group] of groups) {
    if (isDue(group)) merges.push(mergeOf(group, stepMs, startMs));
    else left.push(...group);
  }
  return { merges, left };
}

/** The longest parts first: one that stands under the new part's key already is always among those that it replaces. */
function mergeOf(group: readonly StoredPart[], stepMs: StepMs, startMs: number): PartMerge {
  const of = [...group].sort((a, b) => b.stepMs - a.stepMs || a.startMs - b.startMs).slice(0, MAX_SOURCES);
  // The key of the newest, so that the new part is as old as the newest record in it.
  const { shard, firstSeq } = of.reduce((newest, part) => (part.receivedMs > newest.receivedMs ? part : newest));
  return { into: { stepMs, startMs, shard, firstSeq }, of };
}
