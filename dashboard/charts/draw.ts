import uPlot from "uplot";
import { zone } from "../format/zone.ts";
import { colorOf } from "../shell/theme.ts";
import { alignedData, type ChartSeries, type Drawing, type Mark } from "./chart-data.ts";
import { createMarks, marksNear } from "./marks.ts";
import { COUNT_STEPS, timeLabels } from "./time-axis.ts";

export interface View {
  fromMs: number;
  toMs: number;
}

export interface ChartEvents {
  /** The part of the axis that is shown, asked for at each draw. */
  view: () => View;
  /** Asked for at each draw. */
  marks: () => readonly Mark[];
  /** The bar under the pointer, where it is, and the marks beside it; undefined when the pointer is elsewhere. */
  onHover: (at: number | undefined, leftPx: number, near: readonly Mark[]) => void;
  onBrush: ((fromMs: number, toMs: number) => void) | undefined;
}

/** Charts of the same key show one cursor. */
const CURSOR_KEY = "weir";
const AXIS_FONT = '11px Inter, system-ui, -apple-system, "Segoe UI", sans-serif';

export function createChart(
  drawing: Drawing,
  events: ChartEvents,
  place: HTMLElement,
  size: { width: number; height: number },
): uPlot {
  const { kind, series, ghost } = drawing;
  const placeMarks = createMarks(events.marks);
  const isStack = kind === "stack";
  const ordered = isStack ? [...series].reverse() : series;
  const options: uPlot.Options = {
    ...size,
    ...(zone.value === "utc" ? { tzDate: (second) => uPlot.tzDate(new Date(second * 1_000), "Etc/UTC") } : {}),
    padding: [8, 26, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: () => [events.view().fromMs / 1_000, events.view().toMs / 1_000] },
      y: { range: (_chart, _min, max) => [0, Math.max(max || 0, isStack ? 4 : 1) * 1.06] },
    },
    axes: axes(drawing),
    series: [{}, ...ordered.map(isStack ? layer : line), ...(ghost ? [ghostLine(ghost, isStack)] : [])],
    cursor: {
      y: false,
      sync: { key: CURSOR_KEY, scales: ["x", null] },
      drag: { x: events.onBrush !== undefined, y: false, setScale: false },
      points: { show: !isStack, size: 6 },
    },
    hooks: {
      draw: [placeMarks],
      setCursor: [(chart) => hover(chart, events)],
      setSelect: [(chart) => brush(chart, events)],
    },
  };
  return new uPlot(options, alignedData(drawing), place);
}

const layer = ({ label, token }: ChartSeries): uPlot.Series => ({
  label,
  fill: colorOf(token),
  width: 0,
  points: { show: false },
  paths: uPlot.paths.bars!({ size: [0.84, 200], align: 1 }),
});

const line = ({ label, token }: ChartSeries): uPlot.Series => ({
  label,
  stroke: colorOf(token),
  width: 1.75,
  spanGaps: false,
  // A point that has no neighbours is no line: it would not be seen.
  points: { show: true, size: 4, fill: colorOf(token), filter: lonely },
});

/** Over bars it has their steps: a slope between them would say something about the time in between. */
const ghostLine = ({ label, token }: ChartSeries, isStepped: boolean): uPlot.Series => ({
  label,
  stroke: colorOf(token),
  width: 1.5,
  dash: [5, 4],
  points: { show: false },
  ...(isStepped ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
});

function lonely(chart: uPlot, seriesAt: number): number[] | null {
  const values = chart.data[seriesAt]!;
  const alone: number[] = [];
  for (let at = 0; at < values.length; at++) {
    if (values[at] != null && values[at - 1] == null && values[at + 1] == null) alone.push(at);
  }
  return alone;
}

function axes({ axisText, kind }: Drawing): uPlot.Axis[] {
  const shared = { stroke: colorOf("--text-faint"), font: AXIS_FONT, ticks: { show: false } };
  return [
    {
      ...shared,
      grid: { show: false },
      space: (_chart, _axis, _min, _max, dim) => (dim < 480 ? 64 : 84),
      // The day stands below the hour where a new one begins.
      size: (_chart, labels) => (labels?.some((label) => label.includes("\n")) ? 38 : 26),
      gap: 6,
      values: (_chart, splits, _axis, _space, incr) => timeLabels(splits, incr),
    },
    {
      ...shared,
      grid: { stroke: colorOf("--line-soft"), width: 1 },
      // A low chart of small counts would have no label but its zero.
      space: (_chart, _axis, _min, _max, dim) => (dim < 120 ? 26 : 42),
      // "100 ms" and "1.25 s" are the longest labels.
      size: 52,
      gap: 8,
      ...(kind === "stack" ? { incrs: COUNT_STEPS } : {}),
      values: (_chart, splits) => splits.map((value) => (value === null ? "" : axisText(value))),
    },
  ];
}

function hover(chart: uPlot, events: ChartEvents): void {
  const { idx, left } = chart.cursor;
  // Charts that only follow the cursor of another show its line, not a tooltip.
  if (idx == null || left === undefined || left < 0 || !chart.over.matches(":hover")) events.onHover(undefined, 0, []);
  else events.onHover(idx, left + chart.over.offsetLeft, marksNear(chart, events.marks(), left));
}

/** Less than this was a click. */
const LEAST_BRUSH_PX = 6;

function brush(chart: uPlot, events: ChartEvents): void {
  const { left, width } = chart.select;
  if (width < LEAST_BRUSH_PX) return;
  const [fromMs, toMs] = [left, left + width].map((px) => Math.round(chart.posToVal(px, "x") * 1_000));
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  events.onBrush?.(fromMs!, toMs!);
}
