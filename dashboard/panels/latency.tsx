import { useMemo, useState } from "preact/hooks";
import { chooseRange, isCompared } from "../address/scope.ts";
import type { StatsBucket } from "../api/answers.ts";
import { TimeChart } from "../charts/time-chart.tsx";
import { duration } from "../format/number.ts";
import { step } from "../format/time.ts";
import { type Series, seriesOfStats } from "../series/bucket.ts";
import { ghostOf, valuesADayBefore } from "../series/earlier.ts";
import { useMarks } from "../series/use-marks.ts";
import { useChange, useStats } from "../series/use-scope-answer.ts";
import { Answered, Empty } from "./answered.tsx";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";
import { TableSwitch } from "./table-switch.tsx";

const LINES = [
  { name: "p50", label: "p50", token: "--level-info" },
  { name: "p95", label: "p95", token: "--level-warn" },
  { name: "p99", label: "p99", token: "--level-error" },
] as const;

const axisText = (ms: number): string =>
  ms >= 1_000 ? `${Number((ms / 1_000).toPrecision(2))} s` : `${Number(ms.toPrecision(3))} ms`;

/** Response times over time, of the records that carry one. */
export function Latency({ scope }: Scene) {
  const stats = useStats(scope);
  const [asTable, setAsTable] = useState(false);
  const series = useMemo(() => stats.value && seriesOfStats(stats.value, scope.range), [stats.value, scope.range]);
  return (
    <Panel
      title="Response time"
      note={series && `${step(series.stepMs)} a point · by the records' own time`}
      actions={<TableSwitch asTable={asTable} onChange={setAsTable} of="response times" />}
      isEarlier={stats.isEarlier}
    >
      <Answered answer={stats} lines={6}>
        {() =>
          series &&
          (isCompared.value && scope.range.kind !== "all" ? (
            <ComparedLatency scope={scope} series={series} asTable={asTable} />
          ) : (
            <LatencyChart series={series} asTable={asTable} />
          ))
        }
      </Answered>
    </Panel>
  );
}

/** With a line of yesterday's p95. */
function ComparedLatency({ scope, ...props }: LatencyChartProps & Pick<Scene, "scope">) {
  const { value } = useChange(scope);
  return <LatencyChart {...props} earlier={value?.compare.buckets} />;
}

interface LatencyChartProps {
  series: Series;
  asTable: boolean;
  /** Of the day before, where it is compared with. */
  earlier?: readonly StatsBucket[] | undefined;
}

function LatencyChart({ series, asTable, earlier }: LatencyChartProps) {
  const { buckets, stepMs, fromMs, toMs } = series;
  const lines = useMemo(
    () => LINES.map((line) => ({ ...line, values: buckets.map(({ durationMs }) => durationMs?.[line.name] ?? null) })),
    [buckets],
  );
  const timesMs = useMemo(() => buckets.map(({ startMs }) => startMs), [buckets]);
  const ghost = useMemo(
    () =>
      earlier && {
        ...ghostOf(valuesADayBefore(timesMs, earlier, ({ durationMs }) => durationMs?.p95)),
        label: "p95 yesterday",
      },
    [earlier, timesMs],
  );
  const marks = useMarks();
  if (!buckets.some(({ durationMs }) => durationMs))
    return <Empty>No record in this range carries a response time.</Empty>;
  return (
    <TimeChart
      label="Percentiles of response time"
      kind="lines"
      {...{ series: lines, timesMs, stepMs, fromMs, toMs, asTable, axisText, ghost, marks }}
      format={duration}
      height={180}
      onBrush={(from, to) => chooseRange({ kind: "fixed", fromMs: from, toMs: to })}
    />
  );
}
