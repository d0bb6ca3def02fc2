/** One frame of each kind per watcher at most this often. */
export const FRAME_EVERY_MS = 100;
/** Frames of counters that all watchers of a service together get: past it records wait behind them. */
const COUNTERS_A_SECOND = 4_000;

/** How often each of so many watchers gets counters: with up to 400 of them ten times a second. */
export const countersEveryMs = (watchers: number): number =>
  Math.max(FRAME_EVERY_MS, Math.ceil((watchers * 1_000) / COUNTERS_A_SECOND));
