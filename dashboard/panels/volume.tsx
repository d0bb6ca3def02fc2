import { useMemo, useState } from "preact/hooks";
import { chooseRange } from "../address/scope.ts";
import type { ChartSeries } from "../charts/chart-data.ts";
import { TimeChart } from "../charts/time-chart.tsx";
import { exact, tiny } from "../format/number.ts";
import * as time from "../format/time.ts";
import type { Series } from "../series/bucket.ts";
import { Failure, Skeleton } from "./answered.tsx";
import { LEVEL_ORDER, levelLabel } from "./levels.ts";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";
import { TableSwitch } from "./table-switch.tsx";

/** Records over time, stacked by level. */
export function Volume({ series }: Scene) {
  const { value, failure, again, isEarlier } = series.value;
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel
      title="Records by level"
      note={value && <Meaning series={value} />}
      actions={<TableSwitch asTable={asTable} onChange={setAsTable} of="records by level" />}
      isEarlier={isEarlier}
    >
      {value && <LevelChart series={value} asTable={asTable} />}
      {!value && failure && <Failure failure={failure} again={again} />}
      {!value && !failure && <Skeleton lines={7} />}
    </Panel>
  );
}

/** Also the histogram of Explore. */
export function LevelChart({ series, asTable, height }: { series: Series; asTable: boolean; height?: number }) {
  const layers = useMemo(() => layersOf(series), [series]);
  const timesMs = useMemo(() => series.buckets.map(({ startMs }) => startMs), [series]);
  const total = series.buckets.reduce((sum, { count }) => sum + count, 0);
  return (
    <TimeChart
      label={`Records by level from ${time.moment(series.fromMs)} to ${time.moment(series.toMs)}: ${exact(total)} in all`}
      kind="stack"
      series={layers}
      timesMs={timesMs}
      stepMs={series.stepMs}
      fromMs={series.fromMs}
      toMs={series.toMs}
      format={exact}
      axisText={tiny}
      asTable={asTable}
      {...(height === undefined ? {} : { height })}
      onBrush={(fromMs, toMs) => chooseRange({ kind: "fixed", fromMs, toMs })}
    />
  );
}

export function Meaning({ series }: { series: Series }) {
  const basis = series.basis === "received" ? "as received" : "by the records' own time";
  return (
    <>
      {time.step(series.stepMs)} a bar · {basis}
      {series.isPartial && <b class="partial"> · partial</b>}
    </>
  );
}

/** A layer for each level that occurs; an empty chart has info for its legend. */
function layersOf({ buckets }: Series): ChartSeries[] {
  const found = LEVEL_ORDER.filter((level) => buckets.some(({ levels }) => levels[level]));
  return (found.length > 0 ? found : (["info"] as const)).map((level) => ({
    name: level,
    label: levelLabel(level),
    token: `--level-${level}`,
    values: buckets.map(({ levels }) => levels[level] ?? 0),
  }));
}
