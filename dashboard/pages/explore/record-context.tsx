import { useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { useAnswer } from "../../api/answer.ts";
import { clockMs } from "../../format/time.ts";
import { Answered } from "../../panels/answered.tsx";
import { linePartsOf } from "../../tail/line-parts.ts";
import { askContext } from "./ask-context.ts";
import { keyOf } from "./record-grid.tsx";

const STEP = 8;
const MOST = 64;

/** What the same service said right before and after, whatever the filter. */
export function RecordContext({ record }: { record: RecordJson }) {
  const [around, setAround] = useState(STEP);
  const answer = useAnswer(
    `context ${keyOf(record)} ${record.time} ${around}`,
    (signal) => askContext(record, around, signal),
    { changes: () => "", everyMs: 0 },
  );
  return (
    <Answered answer={answer} lines={2 * STEP}>
      {(records) => (
        <>
          <ol class="context-lines">
            {records.map((one) => (
              <li
                key={keyOf(one)}
                class={`level-${one.level ?? "unknown"}`}
                aria-current={keyOf(one) === keyOf(record) ? "true" : undefined}
              >
                <time dateTime={one.time}>{clockMs(Date.parse(one.time))}</time>
                <span>
                  {one.status !== undefined && <b class={`status s${Math.floor(one.status / 100)}`}>{one.status}</b>}
                  {linePartsOf(one).text}
                </span>
              </li>
            ))}
          </ol>
          {around < MOST && (
            <button type="button" class="button small" onClick={() => setAround(around * 2)}>
              Further before and after
            </button>
          )}
        </>
      )}
    </Answered>
  );
}
