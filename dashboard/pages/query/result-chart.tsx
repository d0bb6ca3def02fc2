import { useMemo } from "preact/hooks";
import { LEVELS, type Level } from "../../../core/record.ts";
import { TimeChart } from "../../charts/time-chart.tsx";
import { exact, tiny } from "../../format/number.ts";
import type { RowsChart } from "../../sql/chart-of-rows.ts";

/** Told apart by those who see no red or green as well. */
const TOKENS = ["--level-info", "--level-warn", "--status-2xx", "--level-fatal", "--level-error", "--level-debug"];

/** What has a colour everywhere else has it here too. */
const tokenOf = (name: string, at: number): string =>
  LEVELS.includes(name as Level) ? `--level-${name}` : TOKENS[at % TOKENS.length]!;

const text = (value: number): string => (Number.isInteger(value) ? exact(value) : String(Number(value.toPrecision(6))));

export function ResultChart({ chart }: { chart: RowsChart }) {
  return chart.kind === "time" ? <Lines chart={chart} /> : <Bars chart={chart} />;
}

function Lines({ chart: { timesMs, stepMs, lines } }: { chart: RowsChart & { kind: "time" } }) {
  const series = useMemo(
    () => lines.map((line, at) => ({ ...line, label: line.name, token: tokenOf(line.name, at) })),
    [lines],
  );
  return (
    <TimeChart
      label="The answer over time"
      kind="lines"
      series={series}
      {...{ timesMs, stepMs }}
      fromMs={timesMs[0]!}
      toMs={timesMs.at(-1)! + stepMs}
      format={text}
      axisText={tiny}
      height={300}
    />
  );
}

function Bars({ chart: { bars, valueName } }: { chart: RowsChart & { kind: "bars" } }) {
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)), 0) || 1;
  return (
    <table class="ranking">
      <caption class="sr-only">{valueName}</caption>
      <tbody>
        {bars.map(({ name, value }, at) => (
          <tr key={at} style={{ "--share": `${(Math.abs(value) / most) * 100}%` }}>
            <th scope="row">{name}</th>
            <td class="n">{text(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
