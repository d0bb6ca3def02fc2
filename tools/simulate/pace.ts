import { conditionsAt } from "./episodes.ts";

/** Episodes move lines about inside a minute; the minute as a whole keeps the rate that was asked for. */
const PERIOD_SECONDS = 60;

/**
 * How many lines are due `elapsedMs` after the start.
 *
 * @param ratePerSecond mean over every minute; over the whole run where that is shorter
 * @param seconds length of the run, may be Infinity
 * @param loadAt how many times the usual load a second has
 */
export function linesDue(
  elapsedMs: number,
  ratePerSecond: number,
  seconds: number,
  loadAt: (second: number) => number,
): number {
  const atMs = Math.min(elapsedMs, seconds * 1_000);
  const period = Math.floor(atMs / 1_000 / PERIOD_SECONDS);
  const first = period * PERIOD_SECONDS;
  const length = Math.min(PERIOD_SECONDS, seconds - first);
  if (length <= 0) return Math.round(ratePerSecond * seconds);
  let before = 0;
  let all = 0;
  for (let second = 0; second < length; second++) {
    const share = Math.min(1, length - second) * loadAt(first + second);
    all += share;
    before += share * Math.max(0, Math.min(1, (atMs / 1_000 - first - second) / Math.min(1, length - second)));
  }
  return Math.round(ratePerSecond * (first + (length * before) / all));
}

/** Load with the bursts of the pretended application, or without any. */
export const loadOf = (seed: number, steady: boolean): ((second: number) => number) =>
  steady ? () => 1 : (second) => conditionsAt(seed, second).load;
