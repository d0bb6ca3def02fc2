import { LEVELS, type LogRecord } from "../record.ts";

/** What is counted as lines arrive. `levels` is by index of LEVELS, the last for none; `statuses` by first digit 1-5, [0] for none. */
export interface Tally {
  count: number;
  bytes: number;
  levels: number[];
  statuses: number[];
}

export const LEVEL_SLOTS = LEVELS.length + 1;
export const STATUS_SLOTS = 6;

export const emptyTally = (): Tally => ({
  count: 0,
  bytes: 0,
  levels: new Array<number>(LEVEL_SLOTS).fill(0),
  statuses: new Array<number>(STATUS_SLOTS).fill(0),
});

const LEVEL_SLOT = new Map<string | undefined, number>([
  ...LEVELS.map((name, at) => [name, at] as const),
  [undefined, LEVELS.length],
]);

export function tallyOf(records: readonly LogRecord[]): Tally {
  const tally = emptyTally();
  for (const { level, status, bytes } of records) {
    tally.levels[LEVEL_SLOT.get(level)!]!++;
    tally.statuses[status === undefined || status < 100 || status > 599 ? 0 : Math.floor(status / 100)]!++;
    if (bytes !== undefined) tally.bytes += bytes;
  }
  tally.count = records.length;
  return tally;
}

export function addTally(into: Tally, tally: Tally): void {
  into.count += tally.count;
  into.bytes += tally.bytes;
  for (let at = 0; at < LEVEL_SLOTS; at++) into.levels[at]! += tally.levels[at] ?? 0;
  for (let at = 0; at < STATUS_SLOTS; at++) into.statuses[at]! += tally.statuses[at] ?? 0;
}

/** error and fatal among the levels, or a 5xx: what the error rate counts. */
export const errorsOf = (tally: Tally): number => tally.levels[4]! + tally.levels[5]!;

/** Seconds and minutes kept. */
export const SECONDS_KEPT = 300;
export const MINUTES_KEPT = 24 * 60;

/** Plain data, as it is stored: a tally per epoch second and per epoch minute of receipt, and the sum of all. */
export interface LiveState {
  total: Tally;
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
  seconds: [epochSecond: number, Tally][];
  minutes: [epochMinute: number, Tally][];
}

/** Counters of one stream by the time of receipt: per second for 5 minutes, per minute for 24 hours, and totals. */
export class LiveCounters {
  readonly total: Tally;
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
  readonly #seconds: Map<number, Tally>;
  readonly #minutes: Map<number, Tally>;

  constructor(state?: LiveState) {
    this.total = state?.total ?? emptyTally();
    this.firstSeenMs = state?.firstSeenMs;
    this.lastSeenMs = state?.lastSeenMs;
    this.#seconds = new Map(state?.seconds);
    this.#minutes = new Map(state?.minutes);
  }

  add(tally: Tally, nowMs: number): void {
    this.firstSeenMs ??= nowMs;
    this.lastSeenMs = Math.max(this.lastSeenMs ?? nowMs, nowMs);
    addTally(this.total, tally);
    addTo(this.#seconds, Math.floor(nowMs / 1_000), tally, SECONDS_KEPT);
    addTo(this.#minutes, Math.floor(nowMs / 60_000), tally, MINUTES_KEPT);
  }

  /** Seconds from `sinceSecond` on that had anything, oldest first. */
  secondsSince(sinceSecond: number): [number, Tally][] {
    return [...this.#seconds].filter(([second]) => second >= sinceSecond).sort(([a], [b]) => a - b);
  }

  minutesSince(sinceMinute: number): [number, Tally][] {
    return [...this.#minutes].filter(([minute]) => minute >= sinceMinute).sort(([a], [b]) => a - b);
  }

  /** Records per second over the last `overSeconds` whole seconds. */
  ratePerSecond(nowMs: number, overSeconds = 10): number {
    return this.#over(nowMs, overSeconds).count / overSeconds;
  }

  /** Share of errors among the records of the last five minutes, 0 when there were none. */
  errorRate(nowMs: number): number {
    const recent = this.#over(nowMs, SECONDS_KEPT);
    return recent.count === 0 ? 0 : errorsOf(recent) / recent.count;
  }

  state(): LiveState {
    const { total, firstSeenMs, lastSeenMs } = this;
    return { total, firstSeenMs, lastSeenMs, seconds: [...this.#seconds], minutes: [...this.#minutes] };
  }

  #over(nowMs: number, seconds: number): Tally {
    const nowSecond = Math.floor(nowMs / 1_000);
    const sum = emptyTally();
    for (const [second, tally] of this.#seconds) {
      if (second >= nowSecond - seconds && second < nowSecond) addTally(sum, tally);
    }
    return sum;
  }
}

function addTo(ring: Map<number, Tally>, slot: number, tally: Tally, kept: number): void {
  let into = ring.get(slot);
  if (!into) {
    into = emptyTally();
    ring.set(slot, into);
    for (const old of ring.keys()) {
      if (old > slot - kept) break;
      ring.delete(old);
    }
  }
  addTally(into, tally);
}
