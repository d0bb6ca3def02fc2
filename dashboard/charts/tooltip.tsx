import { clock, day, hourMinute, isSameDay, moment } from "../format/time.ts";
import type { ChartSeries, Mark } from "./chart-data.ts";

interface TooltipProps {
  kind: "stack" | "lines";
  series: readonly ChartSeries[];
  ghost?: ChartSeries | undefined;
  /** Marks beside the pointer. */
  near: readonly Mark[];
  timesMs: readonly number[];
  stepMs: number;
  format: (value: number) => string;
  at: number;
  leftPx: number;
  /** Of the chart: past its middle the tooltip stands left of the pointer. */
  width: number;
}

/** What the bar under the pointer holds, the highest layer first, as it stands in the stack. */
export function Tooltip({ kind, series, ghost, near, timesMs, stepMs, format, at, leftPx, width }: TooltipProps) {
  const known = series.filter(({ values }) => values[at] != null && (kind === "lines" || values[at] !== 0)).reverse();
  const total = known.reduce((sum, { values }) => sum + values[at]!, 0);
  const side = leftPx > width / 2 ? { right: `${width - leftPx + 14}px` } : { left: `${leftPx + 14}px` };
  return (
    <div class="tooltip" style={side} aria-hidden="true">
      <p class="num">{barTime(timesMs[at]!, stepMs)}</p>
      {known.length === 0 && <p class="faint">{kind === "stack" ? "nothing" : "not measured"}</p>}
      {known.map(({ name, label, token, values }) => (
        <p key={name} class="tooltip-row">
          <i class="swatch" style={{ "--color": `var(${token})` }} />
          {label}
          <b class="num">{format(values[at]!)}</b>
        </p>
      ))}
      {kind === "stack" && known.length > 1 && (
        <p class="tooltip-row total">
          all <b class="num">{format(total)}</b>
        </p>
      )}
      {ghost?.values[at] != null && (
        <p class="tooltip-row faint">
          <i class="swatch ghost" />
          {ghost.label}
          <b class="num">{format(ghost.values[at])}</b>
        </p>
      )}
      {near.map(({ id, kind: of, title, ms }) => (
        <p key={id} class={`tooltip-mark ${of}`}>
          <b>{title}</b> <span class="faint num">{moment(ms)}</span>
        </p>
      ))}
    </div>
  );
}

/** `12:41:06 – 12:41:08`, with the day where it is not today. */
export function barTime(startMs: number, stepMs: number): string {
  const prefix = isSameDay(startMs, Date.now()) ? "" : `${day(startMs)} `;
  if (stepMs >= 86_400_000) return day(startMs);
  const text = stepMs < 60_000 ? clock : hourMinute;
  return `${prefix}${text(startMs)} – ${text(startMs + stepMs)}`;
}
