import { moment } from "../format/time.ts";
import type { ChartSeries, Mark } from "./chart-data.ts";
import { barTime } from "./tooltip.tsx";

interface ChartTableProps {
  label: string;
  kind: "stack" | "lines";
  series: readonly ChartSeries[];
  marks: readonly Mark[];
  timesMs: readonly number[];
  stepMs: number;
  format: (value: number) => string;
  height?: number;
}

/** The figures of a chart as a table, the latest first; bars with nothing in them are left out. */
export function ChartTable({ label, kind, series, marks, timesMs, stepMs, format, height = 220 }: ChartTableProps) {
  const rows = timesMs
    .map((startMs, at) => ({ startMs, values: series.map(({ values }) => values[at] ?? null) }))
    .filter(({ values }) => values.some((value) => (kind === "stack" ? value : value !== null)))
    .reverse();
  return (
    <section
      class="scroll chart-table"
      style={{ height: `${height}px` }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ name, label: text }) => (
              <th key={name} scope="col" class="n">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ startMs, values }) => (
            <tr key={startMs}>
              <th scope="row" class="num">
                {barTime(startMs, stepMs)}
              </th>
              {values.map((value, at) => (
                <td key={series[at]!.name} class="n">
                  {value === null ? "–" : format(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {marks.map(({ id, kind: of, title, ms, url }) => (
        <p key={id} class={`tooltip-mark ${of}`}>
          <b>{url === null ? title : <a href={url}>{title}</a>}</b> <span class="faint num">{moment(ms)}</span>
        </p>
      ))}
      {rows.length === 0 && <p class="empty">Nothing in this range.</p>}
    </section>
  );
}
