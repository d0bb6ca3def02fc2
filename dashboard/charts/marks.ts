import type uPlot from "uplot";
import type { Mark } from "./chart-data.ts";

/** So near to a mark the pointer means it. */
const NEAR_PX = 7;

/** A hook that keeps a line at each mark of the chart's part of time. They are elements: they take the theme's colours by themselves. */
export function createMarks(marks: () => readonly Mark[]): (chart: uPlot) => void {
  const lines: HTMLElement[] = [];
  return (chart) => {
    const shown = marks().filter(({ ms }) => isWithin(chart, ms));
    while (lines.length > shown.length) lines.pop()!.remove();
    shown.forEach(({ ms, kind }, at) => {
      lines[at] ??= chart.over.appendChild(document.createElement("i"));
      lines[at].className = `chart-mark ${kind}`;
      lines[at].style.translate = `${Math.round(chart.valToPos(ms / 1_000, "x"))}px`;
    });
  };
}

export const marksNear = (chart: uPlot, marks: readonly Mark[], leftPx: number): Mark[] =>
  marks.filter(({ ms }) => Math.abs(chart.valToPos(ms / 1_000, "x") - leftPx) <= NEAR_PX);

function isWithin(chart: uPlot, ms: number): boolean {
  const { min, max } = chart.scales.x!;
  return min != null && max != null && ms / 1_000 >= min && ms / 1_000 <= max;
}
