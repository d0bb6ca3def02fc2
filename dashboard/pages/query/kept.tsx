import { ago } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";
import { Empty } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { asked, forgetAsked } from "./history.ts";

/** Statements of before: what this browser asked. */
export function Kept({ onChoose }: { sql: string; onChoose: (sql: string) => void }) {
  return (
    <Panel
      title="History"
      actions={
        asked.value.length > 0 && (
          <button type="button" class="button small" onClick={forgetAsked}>
            Forget
          </button>
        )
      }
    >
      {asked.value.length === 0 ? (
        <Empty>What you run is listed here, in this browser only.</Empty>
      ) : (
        <ol class="kept">
          {asked.value.map(({ sql, atMs }) => (
            <li key={sql}>
              <button type="button" onClick={() => onChoose(sql)} title={sql}>
                <code>{sql}</code>
                <span class="faint kept-when">{ago(atMs, nowMs.value)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
