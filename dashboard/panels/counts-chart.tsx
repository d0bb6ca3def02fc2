import { useMemo } from "preact/hooks";
import type { TallyJson } from "../../core/live/frames.ts";
import { chooseRange } from "../address/scope.ts";
import type { ChartSeries } from "../charts/chart-data.ts";
import { TimeChart } from "../charts/time-chart.tsx";
import { exact, tiny } from "../format/number.ts";
import * as time from "../format/time.ts";
import type { Series } from "../series/bucket.ts";
import { useMarks } from "../series/use-marks.ts";

/** A layer of a stack: what it is called, its colour, and how many of a bar belong to it. */
export interface CountLayer {
  name: string;
  label: string;
  token: string;
  countOf: (bucket: TallyJson) => number;
  /** Stands in the legend of an empty chart. */
  isUsual?: boolean;
}

export interface CountsChartProps {
  /** What is counted, for the chart's name. */
  what: string;
  series: Series;
  /** In the order of the stack, from the ground up; those that never occur are left out. The same list at each drawing. */
  layers: readonly CountLayer[];
  asTable: boolean;
  height?: number;
  /** What all layers held a day before, where they are compared with it. */
  ghost?: ChartSeries | undefined;
}

/** Records of a series stacked by kind; a stretch that is marked becomes the range of the page. */
export function CountsChart({ what, series, layers, asTable, height, ghost }: CountsChartProps) {
  const { buckets, stepMs, fromMs, toMs } = series;
  const stack = useMemo(() => {
    const found = layers.filter(({ countOf }) => buckets.some((bucket) => countOf(bucket) > 0));
    const shown = found.length > 0 ? found : layers.filter(({ isUsual }) => isUsual);
    return shown.map(({ countOf, ...layer }) => ({ ...layer, values: buckets.map(countOf) }));
  }, [layers, buckets]);
  const timesMs = useMemo(() => buckets.map(({ startMs }) => startMs), [buckets]);
  const marks = useMarks();
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  return (
    <TimeChart
      label={`${what} from ${time.moment(fromMs)} to ${time.moment(toMs)}: ${exact(total)} records in all`}
      kind="stack"
      series={stack}
      {...{ timesMs, stepMs, fromMs, toMs, asTable, ghost, marks }}
      format={exact}
      axisText={tiny}
      {...(height === undefined ? {} : { height })}
      onBrush={(from, to) => chooseRange({ kind: "fixed", fromMs: from, toMs: to })}
    />
  );
}

/** What a bar stands for: its length, and which time it is put by. */
export function Meaning({ series }: { series: Series }) {
  const basis = series.basis === "received" ? "as received" : "by the records' own time";
  return (
    <>
      {time.step(series.stepMs)} a bar · {basis}
      {series.isPartial && <b class="partial"> · partial</b>}
    </>
  );
}
