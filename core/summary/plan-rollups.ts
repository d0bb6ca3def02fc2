import { SETTLED_MS, type StoredPart } from "./compact.ts";
import { ROLLUP_STEPS_MS, type RollupStepMs, STEPS_MS } from "./steps.ts";

/** Ten minutes, an hour or a day of one service, of which all parts together are kept beside them. */
export interface Rollup {
  stepMs: RollupStepMs;
  startMs: number;
}

/** Roll-ups that stand in the database, and of which hours the minutes are told beside them. */
export interface KnownRollups {
  rollups: readonly Rollup[];
  toldHours: ReadonlySet<number>;
}

const [MINUTE_MS] = STEPS_MS;
const [TEN_MS, HOUR_MS, DAY_MS] = ROLLUP_STEPS_MS;

/** Pieces read at once: 2 MB of minutes for an hour, 4 MB of hours for a day. Where there are more, merges come first. */
const MAX_PIECES: Record<RollupStepMs, number> = { [TEN_MS]: 40, [HOUR_MS]: 240, [DAY_MS]: 64 };

/**
 * What of one service to roll up now: each ten minutes, hour and day that is over, of which nothing came lately, that has several pieces
 * and no roll-up yet. The pieces of ten minutes are parts of a minute; an hour's are its parts; a day's are its rolled-up hours and the
 * parts that are in none. An hour is due again where its minutes could be told and are not: an earlier version rolled it up.
 *
 * Run it again until it is empty: a day waits for its hours.
 */
export function planRollups(
  parts: readonly StoredPart[],
  { rollups: known, toldHours }: KnownRollups,
  nowMs: number,
): Rollup[] {
  const minutes = parts.filter(({ stepMs }) => stepMs === MINUTE_MS);
  const tens = due(minutes, TEN_MS, startsOf(known, TEN_MS), nowMs);
  const hours = startsOf(known, HOUR_MS);
  const upToHours = parts.filter(({ stepMs }) => stepMs <= HOUR_MS);
  const untellable = new Set(
    upToHours.filter(({ stepMs }) => stepMs > MINUTE_MS).map(({ startMs }) => floorTo(startMs, HOUR_MS)),
  );
  const done = new Set([...hours].filter((startMs) => toldHours.has(startMs) || untellable.has(startMs)));
  const dueHours = due(upToHours, HOUR_MS, done, nowMs);
  const waiting = new Set(dueHours.map(({ startMs }) => floorTo(startMs, DAY_MS)));
  const dueDays = due(parts, DAY_MS, startsOf(known, DAY_MS), nowMs, hours);
  return [...tens, ...dueHours, ...dueDays.filter(({ startMs }) => !waiting.has(startMs))];
}

/** Roll-ups made from one reading, and the range that is read for them. */
export interface RollupJob {
  fromMs: number;
  toMs: number;
  rollups: Rollup[];
}

/** An hour together with the ten minutes in it, days one by one; the newest first, because they are what is looked at. */
export function jobsOf(rollups: readonly Rollup[]): RollupJob[] {
  const groups = Map.groupBy(rollups, ({ stepMs, startMs }) =>
    stepMs === DAY_MS ? `day ${startMs}` : floorTo(startMs, HOUR_MS),
  );
  return Array.from(groups.values(), (group) => ({
    fromMs: Math.min(...group.map(({ startMs }) => startMs)),
    toMs: Math.max(...group.map(({ startMs, stepMs }) => startMs + stepMs)),
    rollups: group,
  })).sort((a, b) => b.toMs - a.toMs);
}

function due(
  parts: readonly StoredPart[],
  stepMs: RollupStepMs,
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
    if (pieces > 1 && pieces <= MAX_PIECES[stepMs]) found.push({ stepMs, startMs });
  }
  return found;
}

const floorTo = (ms: number, stepMs: number): number => Math.floor(ms / stepMs) * stepMs;

const startsOf = (known: readonly Rollup[], stepMs: number): Set<number> =>
  new Set(known.filter((each) => each.stepMs === stepMs).map(({ startMs }) => startMs));

/** What a part is read as: the hour that it is rolled up in, or itself. */
function pieceOf(part: StoredPart, hours: ReadonlySet<number>): number | StoredPart {
  const hourMs = floorTo(part.startMs, HOUR_MS);
  return part.stepMs <= HOUR_MS && hours.has(hourMs) ? hourMs : part;
}
