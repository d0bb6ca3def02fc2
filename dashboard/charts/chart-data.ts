import type uPlot from "uplot";

/** One line or layer of a chart. */
export interface ChartSeries {
  name: string;
  label: string;
  /** The token of its colour, `--level-warn`. */
  token: string;
  /** One for each time; null where nothing is known. */
  values: readonly (number | null)[];
}

/** A moment that people want to see beside the figures. */
export interface Mark {
  id: string;
  ms: number;
  kind: "deploy" | "alert" | "note";
  title: string;
  /** Where more is told of it. */
  url: string | null;
}

export interface Drawing {
  kind: "stack" | "lines";
  series: readonly ChartSeries[];
  timesMs: readonly number[];
  /** What is compared with: a line beside the others, or over the stack. */
  ghost?: ChartSeries | undefined;
  /** Short text of a value on the axis. */
  axisText: (value: number) => string;
}

/** Layers put on top of each other: the n-th result is the sum of the first n+1 layers. */
export function stacked(layers: readonly (readonly (number | null)[])[]): number[][] {
  const sums: number[][] = [];
  for (const layer of layers) {
    const below = sums.at(-1);
    sums.push(layer.map((value, at) => (value ?? 0) + (below?.[at] ?? 0)));
  }
  return sums;
}

export const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Data as uPlot takes it. The highest layer is drawn first, so that each lower one covers its part of it. */
export function alignedData({ kind, series, timesMs, ghost }: Drawing): uPlot.AlignedData {
  const xs = timesMs.map((ms) => ms / 1_000);
  const values = series.map((one) => one.values);
  const lines = kind === "stack" ? stacked(values).reverse() : values;
  return [xs, ...lines, ...(ghost ? [ghost.values] : [])] as uPlot.AlignedData;
}
