import { loadavg } from "node:os";
import { percentile } from "../tools/sending/meter.ts";

export interface Figure {
  bench: string;
  /** With its conditions in words: `queryable, batches of 1000, npm start`. */
  metric: string;
  /** The median of the runs. */
  value: number;
  unit: string;
  /** How many runs, or how many samples a percentile is of. */
  n: number;
  min: number;
  max: number;
  /** Load of the machine over the last minute: 2 on two cores means that nothing was idle. */
  load1: number;
}

const rounded = (value: number) => (Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3)));

/** Collects figures: each is printed as one JSON line at once, all as a table at the end. */
export class Figures {
  readonly #bench: string;
  readonly #all: Figure[] = [];

  constructor(bench: string) {
    this.#bench = bench;
  }

  /** The median of runs. */
  add(metric: string, runs: number[], unit: string): void {
    this.#print(metric, percentile(runs, 0.5), runs, unit);
  }

  /** Median and 99th percentile of samples. */
  addLatency(metric: string, samplesMs: number[]): void {
    for (const share of [0.5, 0.99])
      this.#print(`${metric} p${share * 100}`, percentile(samplesMs, share), samplesMs, "ms");
  }

  #print(metric: string, value: number, values: number[], unit: string): void {
    const [min, max] = [percentile(values, 0), percentile(values, 1)];
    const load1 = Number(loadavg()[0]!.toFixed(2));
    const figure = {
      bench: this.#bench,
      metric,
      value: rounded(value),
      unit,
      n: values.length,
      min: rounded(min),
      max: rounded(max),
      load1,
    };
    this.#all.push(figure);
    console.log(JSON.stringify(figure));
  }

  table(): string {
    const rows = this.#all.map(({ metric, value, unit, n, min, max }) => [
      metric,
      `${value.toLocaleString("en")} ${unit}`,
      n > 1 ? `${min.toLocaleString("en")} to ${max.toLocaleString("en")}, n=${n}` : "",
    ]);
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
    return rows.map(([a, b, c]) => `${a!.padEnd(widths[0]!)}  ${b!.padStart(widths[1]!)}  ${c}`.trimEnd()).join("\n");
  }
}
