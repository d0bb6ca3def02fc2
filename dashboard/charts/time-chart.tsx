import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { moment } from "../format/time.ts";
import { zone } from "../format/zone.ts";
import { lazy } from "../shell/lazy.tsx";
import { colorsVersion } from "../shell/theme.ts";
import { alignedData, type ChartSeries, type Drawing, type Mark } from "./chart-data.ts";
import type { View } from "./draw.ts";
import { Legend } from "./legend.tsx";
import "uplot/dist/uPlot.min.css";

const ChartTable = lazy(async () => (await import("./chart-table.tsx")).ChartTable);
const Tooltip = lazy(async () => (await import("./tooltip.tsx")).Tooltip, 0);

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
  /** What is compared with. */
  ghost?: ChartSeries | undefined;
  /** Moments that are marked, in any order. */
  marks?: readonly Mark[] | undefined;
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

const NO_MARKS: readonly Mark[] = [];

/** A marked stretch is of whole bars: a part of one would show other figures than the bar itself. */
function onBrush({ stepMs, onBrush: tell }: TimeChartProps, fromMs: number, toMs: number): void {
  tell?.(Math.floor(fromMs / stepMs) * stepMs, Math.ceil(toMs / stepMs) * stepMs);
}

/** The one wrapper of uPlot: keeps its size, colours and data, draws legend and tooltip, and has a table as its twin. */
export function TimeChart(props: TimeChartProps) {
  const { label, kind, series, ghost, marks = NO_MARKS, timesMs, height = 220, asTable = false } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hover, setHover] = useState<{ at: number; leftPx: number; near: readonly Mark[] }>();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const current = useRef(props);
  current.current = props;

  const visible = useMemo(() => series.filter(({ name }) => !hidden.has(name)), [series, hidden]);
  const drawing = useRef<Drawing>(undefined!);
  const seenGhost = ghost && !hidden.has(ghost.name) ? ghost : undefined;
  drawing.current = { kind, series: visible, ghost: seenGhost, timesMs, axisText: props.axisText };
  const colors = colorsVersion.value;
  // A chart is made anew when its layers change; new figures are only set.
  const shape = `${kind} ${colors} ${zone.value} ${height} ${visible.map(({ name }) => name).join(" ")} ${seenGhost !== undefined}`;

  // `shape` says all that a new chart depends on
  useEffect(() => {
    const element = place.current;
    if (asTable || !element) return;
    const events = {
      view: () => current.current,
      marks: () => current.current.marks ?? NO_MARKS,
      onHover: (at: number | undefined, leftPx: number, near: readonly Mark[]) =>
        setHover(at === undefined ? undefined : { at, leftPx, near }),
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
  }, [kind, visible, seenGhost, timesMs, props.axisText]);

  useEffect(() => {
    chart.current?.redraw(false);
  }, [marks]);

  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };

  return (
    <>
      {asTable ? (
        <ChartTable {...props} series={ghost ? [...series, ghost] : series} marks={marks} />
      ) : (
        <div class="chart" style={{ height: `${height}px` }}>
          <div ref={place} class="chart-place" role="img" aria-label={label + wordsOf(marks, props)} />
          {hover && timesMs[hover.at] !== undefined && (
            <Tooltip {...props} series={visible} ghost={seenGhost} {...hover} width={place.current?.clientWidth ?? 0} />
          )}
        </div>
      )}
      <Legend series={series} ghost={ghost} hidden={hidden} toggle={toggle} showShares={kind === "stack"} />
    </>
  );
}

/** So many are named; the table has all. */
const NAMED_MARKS = 5;

/** The marks for those who cannot see them. */
function wordsOf(marks: readonly Mark[], { fromMs, toMs }: View): string {
  const within = marks.filter(({ ms }) => ms >= fromMs && ms <= toMs).slice(0, NAMED_MARKS);
  return within.length === 0
    ? ""
    : `. Marked: ${within.map(({ title, ms }) => `${title} at ${moment(ms)}`).join(", ")}`;
}
