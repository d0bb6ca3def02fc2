import { METRICS, type MetricName } from "./metrics.ts";

export type Labels = Readonly<Record<string, string>>;

/** Counts of one histogram series: how many fell into each bucket (the last is everything above), and their sum. */
export interface HistogramCounts {
  counts: number[];
  sum: number;
}

/** What was counted since some moment, as plain data. The key is a series: `name{label="value"}`. */
export interface MetricDelta {
  counters: [series: string, added: number][];
  histograms: [series: string, HistogramCounts][];
  /** The latest value wins where it is greater: times of a last success. */
  latest: [series: string, value: number][];
}

/** Label values come from closed lists, so this is never reached by honest use; see docs/ops/metrics.md. */
export const MAX_SERIES = 2_000;

/**
 * Sums of counters and histograms. An isolate gathers in one, the `Meters` object adds them all up in another: addition is
 * associative and commutative, so it does not matter in which order isolates tell.
 */
export class MetricSums {
  readonly #counters = new Map<string, number>();
  readonly #histograms = new Map<string, HistogramCounts>();
  readonly #latest = new Map<string, number>();

  constructor(state?: MetricDelta) {
    if (state) this.add(state);
  }

  get isEmpty(): boolean {
    return this.#counters.size + this.#histograms.size + this.#latest.size === 0;
  }

  count(name: MetricName, labels: Labels = {}, by = 1): void {
    if (by > 0) this.#increase(seriesOf(name, labels), by);
  }

  /** @param value in the unit of the metric's name: seconds or bytes */
  observe(name: MetricName, value: number, labels: Labels = {}): void {
    const buckets = METRICS[name].buckets ?? [];
    const counts = new Array<number>(buckets.length + 1).fill(0);
    const at = buckets.findIndex((bound) => value <= bound);
    counts[at < 0 ? buckets.length : at] = 1;
    this.#widen(seriesOf(name, labels), { counts, sum: value });
  }

  /** Notes a time or another value that only grows. */
  note(name: MetricName, value: number, labels: Labels = {}): void {
    this.#keep(seriesOf(name, labels), value);
  }

  add({ counters, histograms, latest }: MetricDelta): void {
    for (const [series, added] of counters) this.#increase(series, added);
    for (const [series, counts] of histograms) this.#widen(series, counts);
    for (const [series, value] of latest) this.#keep(series, value);
  }

  state(): MetricDelta {
    return { counters: [...this.#counters], histograms: [...this.#histograms], latest: [...this.#latest] };
  }

  /** What was gathered, and nothing is left. */
  take(): MetricDelta {
    const state = this.state();
    for (const map of [this.#counters, this.#histograms, this.#latest]) map.clear();
    return state;
  }

  #increase(series: string, by: number): void {
    if (hasRoom(this.#counters, series)) this.#counters.set(series, (this.#counters.get(series) ?? 0) + by);
  }

  #widen(series: string, { counts, sum }: HistogramCounts): void {
    if (!hasRoom(this.#histograms, series)) return;
    const known = this.#histograms.get(series);
    // Buckets that another version counted in are not these.
    const before = known?.counts.length === counts.length ? known : { counts: counts.map(() => 0), sum: 0 };
    this.#histograms.set(series, {
      counts: counts.map((count, at) => count + before.counts[at]!),
      sum: sum + before.sum,
    });
  }

  #keep(series: string, value: number): void {
    if (hasRoom(this.#latest, series)) this.#latest.set(series, Math.max(value, this.#latest.get(series) ?? value));
  }
}

const hasRoom = (map: ReadonlyMap<string, unknown>, series: string): boolean =>
  map.has(series) || map.size < MAX_SERIES;

/** `name{a="b"}` in the text format's own writing, labels in the order given. */
export function seriesOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
}

const escaped = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
