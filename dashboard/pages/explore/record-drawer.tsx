import { useEffect, useRef, useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { clockMs } from "../../format/time.ts";
import { Icon } from "../../icons/icon.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { curlOf } from "../../shell/curl.ts";
import { RecordDetail } from "../../tail/record-detail.tsx";
import { RecordContext } from "./record-context.tsx";

interface RecordDrawerProps {
  record: RecordJson;
  columns: readonly string[];
  onColumn: (name: string) => void;
  onClose: () => void;
}

const placeOf = ({ service, shard, seq, time }: RecordJson) => ({ service, shard, seq, time });

const TABS = ["Fields", "Around it", "JSON"] as const;

/** One record beside the list: every field, what happened around it, and ways to hand it on. */
export function RecordDrawer({ record, columns, onColumn, onClose }: RecordDrawerProps) {
  const [tab, setTab] = useState<(typeof TABS)[number]>("Fields");
  const place = useRef<HTMLElement>(null);
  const ms = Date.parse(record.time);
  // On a phone it lies over the list: whoever opened it has to be in it.
  useEffect(() => {
    if (matchMedia("(max-width: 1180px)").matches) place.current?.querySelector("button")?.focus();
  }, []);
  return (
    <aside
      ref={place}
      class="panel drawer"
      aria-label="Record"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header class="panel-head">
        <h2>
          <span class={`drawer-level level-${record.level ?? "unknown"}`}>{record.level ?? "no level"}</span>
          {record.service} <span class="num faint">#{record.seq}</span>
        </h2>
        <time class="panel-note" dateTime={record.time}>
          {clockMs(ms)}
        </time>
        <button type="button" class="icon-button" aria-label="Close the record" title="Close (Esc)" onClick={onClose}>
          <Icon name="close" size={15} />
        </button>
      </header>
      <div class="drawer-actions">
        <CopyButton text={() => location.href} label="Copy link" />
        <CopyButton text={() => JSON.stringify(record, null, 2)} label="Copy JSON" />
        <CopyButton text={() => curlOf("/api/logs/record", placeOf(record))} label="Copy as curl" />
      </div>
      <fieldset class="chips tabs" aria-label="What is shown of the record">
        {TABS.map((name) => (
          <button key={name} type="button" class="chip" aria-pressed={tab === name} onClick={() => setTab(name)}>
            {name}
          </button>
        ))}
      </fieldset>
      {tab === "Fields" && <RecordDetail record={record} columns={columns} onColumn={onColumn} />}
      {tab === "Around it" && <RecordContext key={`${record.service}/${record.shard}/${record.seq}`} record={record} />}
      {tab === "JSON" && <pre class="raw">{JSON.stringify(record, null, 2)}</pre>}
    </aside>
  );
}
