import type { TimeRange } from "../time-range.ts";
import type { KnownRollups, Rollup } from "./plan-rollups.ts";
import { ROLLUP_STEPS_MS, STEPS_MS, type StepMs } from "./steps.ts";

const [TEN_MS, HOUR_MS, DAY_MS] = ROLLUP_STEPS_MS;

/**
 * What the minutes of an hour that are told beside its roll-up are for in an answer. "unread": nothing. "counted": they count in place of
 * all parts of their hours. "told": their figures are answered as they are, and the parts of their hours, which are read as well, only
 * count in the total: as roll-ups, whatever the step is.
 */
export type MinutesUse = "unread" | "counted" | "told";

/** What to read of one service, each record once. */
export interface Reading {
  rollups: Rollup[];
  /** Hours whose minutes are counted or told. */
  hours: number[];
  /** Parts of this step that begin later than the one and before the other. */
  parts: [stepMs: StepMs, afterMs: number, beforeMs: number][];
}

/** The longest roll-up that tells as much as its parts in an answer of this step; 0: none. */
export function rollupStep(stepMs: number): number {
  if (!Number.isFinite(stepMs)) return DAY_MS;
  return ROLLUP_STEPS_MS.findLast((each) => stepMs % each === 0) ?? 0;
}

/**
 * The fewest rows that tell of a range: roll-ups that lie in it, up to `longestMs`, and of the time beside them the parts.
 *
 * An hour whose minutes are told has no parts of an hour (`planRollups`), and ten minutes are of minutes only, so that longer parts are
 * read beside them.
 */
export function planReading(
  { rollups, toldHours }: KnownRollups,
  range: TimeRange,
  { longestMs, minutes }: { longestMs: number; minutes: MinutesUse },
): Reading {
  const { fromMs, toMs } = range;
  const hours = minutes === "unread" ? [] : [...toldHours].filter((ms) => ms + HOUR_MS > fromMs && ms < toMs);
  const known = rollups.filter(
    ({ stepMs, startMs }) => stepMs <= longestMs && startMs >= fromMs && startMs + stepMs <= toMs,
  );
  const startsOf = (stepMs: number): number[] =>
    known.filter((each) => each.stepMs === stepMs).map(({ startMs }) => startMs);
  const days = startsOf(DAY_MS);
  const ofDays = new Set(days);
  const isInDay = (ms: number): boolean => ofDays.has(floorTo(ms, DAY_MS));
  const counted = minutes === "counted" ? hours.filter((ms) => !isInDay(ms)) : [];
  const ofHours = new Set(counted);
  // Of hours that are not told, no roll-up is finer than their minutes.
  const isTold = (ms: number): boolean => minutes !== "told" || toldHours.has(floorTo(ms, HOUR_MS));
  const whole = startsOf(HOUR_MS).filter((ms) => !isInDay(ms) && !ofHours.has(ms) && isTold(ms));
  for (const ms of whole) ofHours.add(ms);
  const tens = startsOf(TEN_MS).filter((ms) => !isInDay(ms) && !ofHours.has(floorTo(ms, HOUR_MS)) && isTold(ms));
  const dayCovers = coversOf(days, DAY_MS);
  const hourCovers = [...dayCovers, ...coversOf([...counted, ...whole], HOUR_MS)];
  const covers = [dayCovers, hourCovers, [...hourCovers, ...coversOf(tens, TEN_MS)]];
  return {
    rollups: [
      ...days.map((startMs) => ({ stepMs: DAY_MS, startMs })),
      ...whole.map((startMs) => ({ stepMs: HOUR_MS, startMs })),
      ...tens.map((startMs) => ({ stepMs: TEN_MS, startMs })),
    ],
    hours: minutes === "counted" ? counted : hours,
    parts: STEPS_MS.toReversed().flatMap((stepMs, at) =>
      gapsOf(covers[at]!, range).map((gap): Reading["parts"][number] => [stepMs, gap.fromMs - stepMs, gap.toMs]),
    ),
  };
}

/** Nothing but parts. */
export const planWithout = (range: TimeRange): Reading =>
  planReading({ rollups: [], toldHours: new Set() }, range, { longestMs: 0, minutes: "unread" });

const coversOf = (starts: readonly number[], stepMs: number): TimeRange[] =>
  starts.map((fromMs) => ({ fromMs, toMs: fromMs + stepMs }));

/** What is left of a range beside covers that do not overlap each other. */
function gapsOf(covers: readonly TimeRange[], { fromMs, toMs }: TimeRange): TimeRange[] {
  const gaps: TimeRange[] = [];
  let at = fromMs;
  for (const cover of [...covers].sort((a, b) => a.fromMs - b.fromMs)) {
    if (cover.fromMs > at) gaps.push({ fromMs: at, toMs: cover.fromMs });
    at = Math.max(at, cover.toMs);
  }
  if (at < toMs) gaps.push({ fromMs: at, toMs });
  return gaps;
}

const floorTo = (ms: number, stepMs: number): number => Math.floor(ms / stepMs) * stepMs;
