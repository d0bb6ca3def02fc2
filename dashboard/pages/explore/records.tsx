import { useEffect, useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { address, hrefWith, navigate } from "../../address/address.ts";
import { scopeKey } from "../../address/scope.ts";
import { type Answer, useAnswer } from "../../api/answer.ts";
import type { LogsAnswer } from "../../api/answers.ts";
import type { Scope } from "../../api/questions.ts";
import { exact } from "../../format/number.ts";
import { Icon } from "../../icons/icon.tsx";
import { acknowledgedOf } from "../../live/overview-feed.ts";
import { Answered, Empty, Failure } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { curlOf } from "../../shell/curl.ts";
import { lazy } from "../../shell/lazy.tsx";
import { rangeQuery } from "../../time/range.ts";
import { askRecord } from "./ask-context.ts";
import { ColumnPicker } from "./column-picker.tsx";
import { columnsOf, toggleColumn } from "./columns.ts";
import { keyOf, RecordGrid } from "./record-grid.tsx";
import { useRecords } from "./use-records.ts";

const RecordDrawer = lazy(async () => (await import("./record-drawer.tsx")).RecordDrawer, 0);
const fetchDrawer = () => void RecordDrawer.fetched().catch(() => undefined);

/** The records themselves, and the one that is open beside them. */
export function Records({ scope }: { scope: Scope }) {
  const { answer, records, isAsking, failure, isEnd, more } = useRecords(scope);
  const columns = columnsOf(scope.service);
  const [open, setOpen] = useOpenRecord(records);
  return (
    <>
      <Panel
        title="Records"
        class="records"
        note={answer.value && <Origin answer={answer.value} />}
        actions={
          <>
            <Newer key={scopeKey(scope)} scope={scope} answer={answer} />
            <CopyButton text={() => curlOf("/api/logs", queryOf(scope))} label="Copy as curl" />
            <a
              class="button small"
              href={exportHref(scope)}
              download
              title="All records of this filter and range, as CSV. The API also answers NDJSON and Parquet."
            >
              <Icon name="download" size={14} /> CSV
            </a>
            <ColumnPicker columns={columns} records={records} />
          </>
        }
        isEarlier={answer.isEarlier}
      >
        <Answered answer={answer} lines={12}>
          {() =>
            records.length === 0 ? (
              <NoRecords scope={scope} />
            ) : (
              <RecordGrid
                records={records}
                columns={columns}
                open={open && keyOf(open)}
                onOpen={setOpen}
                onEnd={more}
                onNear={fetchDrawer}
              />
            )
          }
        </Answered>
        {records.length > 0 && (
          <p class="records-end faint" role="status">
            <span class="num">{exact(records.length)}</span> shown
            {isAsking ? " · older ones are on their way" : isEnd ? " · these are all of them" : ""}
          </p>
        )}
        {failure && <Failure failure={failure} again={more} />}
      </Panel>
      {open && (
        <RecordDrawer
          record={open}
          columns={columns}
          onColumn={(name) => toggleColumn(columns, name)}
          onClose={() => {
            setOpen(undefined);
            document.querySelector<HTMLElement>(".records-grid")?.focus();
          }}
        />
      )}
    </>
  );
}

function exportHref({ service, range, q }: Scope): string {
  const query = new URLSearchParams({
    format: "csv",
    ...rangeQuery(range),
    ...(service ? { service } : {}),
    ...(q ? { q } : {}),
  });
  return `/api/export?${query}`;
}

const queryOf = ({ service, range, q }: Scope) => ({ service, q, ...rangeQuery(range), limit: 1_000 });

/** The record that the address names: of the list where it is there, else asked for. */
function useOpenRecord(
  records: readonly RecordJson[],
): [RecordJson | undefined, (record: RecordJson | undefined) => void] {
  const [chosen, setChosen] = useState<RecordJson>();
  const name = address.value.query.get("record") ?? undefined;
  const { key, timeMs } = parsed(name);
  const listed = [chosen, ...records].find((record) => record && keyOf(record) === key);
  const [isAsked, setAsked] = useState(false);
  // The list may hold it, once it is there.
  useEffect(() => {
    if (key !== undefined && !listed && records.length > 0) setAsked(true);
  }, [key, listed, records.length]);
  const asked = useAnswer(
    `record ${isAsked ? name : ""}`,
    async (signal) => (isAsked && key !== undefined ? await askRecord(key, timeMs, signal) : null),
    { changes: () => "", everyMs: 0 },
  );
  const open = (record: RecordJson | undefined) => {
    setChosen(record);
    navigate(hrefWith({ record: record && `${keyOf(record)}@${Date.parse(record.time)}` }));
  };
  return [key === undefined ? undefined : (listed ?? asked.value ?? undefined), open];
}

/** `service/shard/seq@epochMs`. */
function parsed(name: string | undefined): { key: string | undefined; timeMs: number } {
  const [, key, time] = /^([^@]+\/\d+\/\d+)@(-?\d+)$/.exec(name ?? "") ?? [];
  return { key, timeMs: Number(time) };
}

/** Where the records were found, and how much was looked at for them. */
function Origin({ answer: { scanned, sources, partial } }: { answer: LogsAnswer }) {
  const found = [
    sources.hot && `${exact(sources.hot)} from the database`,
    sources.memory && `${exact(sources.memory)} from memory`,
    sources.segments && `${exact(sources.segments)} from the archive`,
  ];
  const text = [found.filter(Boolean).join(", "), scanned > 0 && `${exact(scanned)} looked at`]
    .filter(Boolean)
    .join(" · ");
  return (
    <span title={text}>
      {text}
      {partial && <b class="partial"> · partial</b>}
    </span>
  );
}

function Newer({ scope, answer }: { scope: Scope; answer: Answer<LogsAnswer> }) {
  const [seen, setSeen] = useState(acknowledgedOf(scope.service));
  const count = acknowledgedOf(scope.service) - seen;
  if (count <= 0) return null;
  const show = () => {
    setSeen(acknowledgedOf(scope.service));
    answer.again();
  };
  return (
    <button type="button" class="button small" onClick={show}>
      <span class="num">{exact(count)}</span> arrived since · show
    </button>
  );
}

function NoRecords({ scope: { q, range } }: { scope: Scope }) {
  return (
    <Empty>
      {q !== "" ? "No record passes this filter in this range." : "No record carries a time in this range."}{" "}
      {range.kind !== "all" && <a href={hrefWith({ range: "all" })}>Look at everything</a>}
      {q !== "" && range.kind === "all" && <a href={hrefWith({ q: undefined })}>Take the filter away</a>}
    </Empty>
  );
}
