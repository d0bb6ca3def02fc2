import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { zone } from "../format/zone.ts";
import { colorsVersion } from "../shell/theme.ts";
import { alignedData, type ChartSeries, type Drawing } from "./chart-data.ts";
import { ChartTable } from "./chart-table.tsx";
import type { View } from "./draw.ts";
import { Legend } from "./legend.tsx";
import { Tooltip } from "./tooltip.tsx";
import "uplot/dist/uPlot.min.css";

let draw: Promise<typeof import("./draw.ts")> | undefined;

/** uPlot is a third of all script: figures and lists are painted without waiting for it. */
function loadDraw(): Promise<typeof import("./draw.ts")> {
  draw ??= import("./draw.ts");
  return draw;
}

export interface TimeChartProps extends View {
  /** What it shows, in words: its name for those who cannot see it. */
  label: string;
  kind: "stack" | "lines";
  series: readonly ChartSeries[];
  /** Start of each bar. */
  timesMs: readonly number[];
  stepMs: number;
  /** Whole text of a value. */
  format: (value: number) => string;
  /** Short text of a value, for the axis. */
  axisText: (value: number) => string;
  height?: number;
  asTable?: boolean;
  onBrush?: (fromMs: number, toMs: number) => void;
}

/** A marked stretch is of whole bars: a part of one would show other figures than the bar itself. */
function onBrush({ stepMs, onBrush: tell }: TimeChartProps, fromMs: number, toMs: number): void {
  tell?.(Math.floor(fromMs / stepMs) * stepMs, Math.ceil(toMs / stepMs) * stepMs);
}

/** The one wrapper of uPlot: keeps its size, colours and data, draws legend and tooltip, and has a table as its twin. */
export function TimeChart(props: TimeChartProps) {
  const { label, kind, series, timesMs, height = 220, asTable = false } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hover, setHover] = useState<{ at: number; leftPx: number }>();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const current = useRef(props);
  current.current = props;

  const visible = useMemo(() => series.filter(({ name }) => !hidden.has(name)), [series, hidden]);
  const drawing = useRef<Drawing>(undefined!);
  drawing.current = { kind, series: visible, timesMs, axisText: props.axisText };
  const colors = colorsVersion.value;
  // A chart is made anew when its layers change; new figures are only set.
  const shape = `${kind} ${colors} ${zone.value} ${height} ${visible.map(({ name }) => name).join(" ")}`;

  // `shape` says all that a new chart depends on
  useEffect(() => {
    const element = place.current;
    if (asTable || !element) return;
    const events = {
      view: () => current.current,
      onHover: (at: number | undefined, leftPx: number) => setHover(at === undefined ? undefined : { at, leftPx }),
      onBrush: props.onBrush ? (from: number, to: number) => onBrush(current.current, from, to) : undefined,
    };
    const resize = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }));
    let isGone = false;
    void loadDraw().then(({ createChart }) => {
      if (isGone) return;
      chart.current = createChart(drawing.current, events, element, { width: element.clientWidth, height });
      resize.observe(element);
    });
    return () => {
      isGone = true;
      resize.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [shape, asTable]);

  useEffect(() => {
    chart.current?.setData(alignedData(drawing.current));
  }, [kind, visible, timesMs, props.axisText]);

  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };

  return (
    <>
      {asTable ? (
        <ChartTable {...props} />
      ) : (
        <div class="chart" style={{ height: `${height}px` }}>
          <div ref={place} class="chart-place" role="img" aria-label={label} />
          {hover && timesMs[hover.at] !== undefined && (
            <Tooltip {...props} series={visible} {...hover} width={place.current?.clientWidth ?? 0} />
          )}
        </div>
      )}
      <Legend series={series} hidden={hidden} toggle={toggle} showShares={kind === "stack"} />
    </>
  );
}
