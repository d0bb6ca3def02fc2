import { useMemo, useState } from "preact/hooks";
import type { SqlAnswer } from "../../api/answers.ts";
import { exact } from "../../format/number.ts";
import { Icon } from "../../icons/icon.tsx";
import { Empty } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { chartOfRows } from "../../sql/chart-of-rows.ts";
import { csvOf } from "../../sql/csv.ts";
import { dollars } from "./dollars.ts";
import { ResultChart } from "./result-chart.tsx";

/** A page can show so many rows at once; the file has all of them. */
const SHOWN = 1_000;

/** An answer as a table or a chart, what it cost, and as a file. */
export function Result({ answer }: { answer: SqlAnswer }) {
  const { columns, rows, rowsRead, costDollars, ms, truncated } = answer;
  const chart = useMemo(() => chartOfRows(answer), [answer]);
  const [asChart, setAsChart] = useState(false);
  const download = () => {
    const file = new Blob(
      [
        csvOf(
          columns.map(({ name }) => name),
          rows,
        ),
      ],
      { type: "text/csv;charset=utf-8" },
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "weir-query.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Panel
      title={`${exact(rows.length)} ${rows.length === 1 ? "row" : "rows"}`}
      class="result"
      note={
        <>
          {exact(rowsRead)} rows read · {dollars(costDollars)} · {exact(ms)} ms
          {truncated && <b class="partial"> · cut: there are more</b>}
        </>
      }
      actions={
        <>
          {chart && (
            <fieldset class="chips" aria-label="How the answer is shown">
              <button type="button" class="chip" aria-pressed={!asChart} onClick={() => setAsChart(false)}>
                Table
              </button>
              <button type="button" class="chip" aria-pressed={asChart} onClick={() => setAsChart(true)}>
                Chart
              </button>
            </fieldset>
          )}
          <button type="button" class="button small" onClick={download} disabled={rows.length === 0}>
            <Icon name="download" size={14} /> CSV
          </button>
        </>
      }
    >
      {rows.length === 0 && <Empty>The statement was run and found no row.</Empty>}
      {rows.length > 0 && asChart && chart && <ResultChart chart={chart} />}
      {rows.length > 0 && !(asChart && chart) && <ResultTable answer={answer} />}
    </Panel>
  );
}

function ResultTable({ answer: { columns, rows } }: { answer: SqlAnswer }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll result-table" tabIndex={0} aria-label="Rows">
      <table>
        <thead>
          <tr>
            {columns.map(({ name, type }, at) => (
              <th key={at} scope="col" class={isNumber(type) ? "n" : ""}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at} class={`result-cell ${isNumber(columns[at]!.type) ? "n" : ""}`}>
                  {cell === null ? <i class="faint">NULL</i> : String(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && (
        <p class="empty">
          The first {exact(SHOWN)} of {exact(rows.length)}; the file has all of them.
        </p>
      )}
    </section>
  );
}

const isNumber = (type: string): boolean => type === "integer" || type === "real";
