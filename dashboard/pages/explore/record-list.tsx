import { useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { isSameDay } from "../../format/time.ts";
import { moveFocus } from "../../tail/move-focus.ts";
import { onLineClick } from "../../tail/on-line-click.ts";
import { TailLine } from "../../tail/tail-line.tsx";

/** A page of records, the newest first; each opens to all its fields. */
export function RecordList({ records, showService }: { records: readonly RecordJson[]; showService: boolean }) {
  const [open, setOpen] = useState<string>();
  const isDated = records.some(({ time }) => !isSameDay(Date.parse(time), Date.now()));
  return (
    <ol
      class={`lines still ${isDated ? "dated" : ""} ${showService ? "with-service" : ""}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop of the tab key, arrow keys go from line to line
      tabIndex={0}
      aria-label="Records, newest first"
      onKeyDown={moveFocus}
      onClick={(event) => onLineClick(event, (key) => setOpen(open === key ? undefined : key))}
    >
      {records.map((record) => {
        const key = `${record.service}/${record.shard}/${record.seq}`;
        return <TailLine key={key} name={key} record={record} showService={showService} isOpen={open === key} />;
      })}
    </ol>
  );
}
