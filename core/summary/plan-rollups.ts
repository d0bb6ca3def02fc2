import { SETTLED_MS, type StoredPart } from "./compact.ts";
import { STEPS_MS, type StepMs } from "./steps.ts";

/** An hour or a day of one service, of which all parts together are kept beside them. */
export interface Rollup {
  stepMs: StepMs;
  startMs: number;
}

/** Pieces read at once: 2 MB of minutes for an hour, 4 MB of hours for a day. Where there are more, merges come first. */
const MAX_PIECES: Partial<Record<StepMs, number>> = { [STEPS_MS[1]]: 240, [STEPS_MS[2]]: 64 };

const [, HOUR_MS, DAY_MS] = STEPS_MS;

/**
 * Which hours and days of one service to roll up now: those that are over, of which nothing came lately, that have several pieces
 * and no roll-up yet. An hour's pieces are its parts; a day's are its rolled-up hours and the parts that are in none.
 *
 * Run it again until it is empty: a day waits for its hours.
 */
export function planRollups(parts: readonly StoredPart[], known: readonly Rollup[], nowMs: number): Rollup[] {
  const hours = startsOf(known, HOUR_MS);
  const upToHours = parts.filter(({ stepMs }) => stepMs <= HOUR_MS);
  const dueHours = due(upToHours, HOUR_MS, hours, nowMs);
  const waiting = new Set(dueHours.map(({ startMs }) => floorTo(startMs, DAY_MS)));
  const dueDays = due(parts, DAY_MS, startsOf(known, DAY_MS), nowMs, hours);
  return [...dueHours, ...dueDays.filter(({ startMs }) => !waiting.has(startMs))];
}

function due(
  parts: readonly StoredPart[],
  stepMs: StepMs,
  known: ReadonlySet<number>,
  nowMs: number,
  hours: ReadonlySet<number> = new Set(),
): Rollup[] {
  const settledMs = nowMs - SETTLED_MS;
  const found: Rollup[] = [];
  for (const [startMs, group] of Map.groupBy(parts, (part) => floorTo(part.startMs, stepMs))) {
    if (known.has(startMs) || startMs + stepMs > settledMs) continue;
    if (group.some(({ receivedMs }) => receivedMs > settledMs)) continue;
    const pieces = new Set(group.map((part) => pieceOf(part, hours))).size;
    if (pieces > 1 && pieces <= MAX_PIECES[stepMs]!) found.push({ stepMs, startMs });
  }
  return found;
}

const floorTo = (ms: number, stepMs: number): number => Math.floor(ms / stepMs) * stepMs;

const startsOf = (known: readonly Rollup[], stepMs: StepMs): Set<number> =>
  new Set(known.filter((each) => each.stepMs === stepMs).map(({ startMs }) => startMs));

/** What a part is read as: the hour that it is rolled up in, or itself. */
function pieceOf(part: StoredPart, hours: ReadonlySet<number>): number | StoredPart {
  const hourMs = floorTo(part.startMs, HOUR_MS);
  return part.stepMs <= HOUR_MS && hours.has(hourMs) ? hourMs : part;
}
