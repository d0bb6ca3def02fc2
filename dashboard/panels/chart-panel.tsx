import { useState } from "preact/hooks";
import { isCompared } from "../address/scope.ts";
import { lazy } from "../shell/lazy.tsx";
import { Empty, Failure, Skeleton } from "./answered.tsx";
import { type CountLayer, CountsChart, Meaning } from "./counts-chart.tsx";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";
import { TableSwitch } from "./table-switch.tsx";

const ComparedChart = lazy(async () => (await import("./compared-chart.tsx")).ComparedChart);

interface ChartPanelProps extends Pick<Scene, "series" | "scope"> {
  title: string;
  layers: readonly CountLayer[];
  height?: number;
  /** Said where no record is of any layer; without it an empty chart is drawn. */
  empty?: string;
}

/** The bars of a page, stacked by kind, or the table that says the same. */
export function ChartPanel({ title, layers, height, empty, series, scope }: ChartPanelProps) {
  const { value, failure, again, isEarlier } = series.value;
  const [asTable, setAsTable] = useState(false);
  const Chart = isCompared.value && scope.range.kind !== "all" ? ComparedChart : CountsChart;
  const isEmpty = value?.buckets.every((bucket) => layers.every(({ countOf }) => countOf(bucket) === 0));
  return (
    <Panel
      title={title}
      note={value && <Meaning series={value} />}
      actions={<TableSwitch asTable={asTable} onChange={setAsTable} of={title} />}
      isEarlier={isEarlier}
    >
      {value && isEmpty && empty !== undefined && <Empty>{empty}</Empty>}
      {value && !(isEmpty && empty !== undefined) && (
        <Chart
          what={title}
          scope={scope}
          series={value}
          layers={layers}
          asTable={asTable}
          {...(height === undefined ? {} : { height })}
        />
      )}
      {!value && failure && <Failure failure={failure} again={again} />}
      {!value && !failure && <Skeleton lines={7} />}
    </Panel>
  );
}
