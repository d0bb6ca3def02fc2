import { useEffect, useState } from "preact/hooks";
import { rawOf } from "../../../../core/parse/raw-of.ts";
import type { LogRecord } from "../../../../core/record.ts";
import type { RecordJson } from "../../../../core/record-json.ts";
import type { ServiceSettings } from "../../../../core/settings.ts";
import { ApiFailure, ask } from "../../../api/client.ts";
import { askLogs } from "../../../api/questions.ts";
import { Empty } from "../../../panels/answered.tsx";
import { Panel } from "../../../panels/panel.tsx";
import { fieldsOf } from "../../../tail/record-fields.ts";
import { Refused } from "../field.tsx";

interface TriedAnswer {
  records: RecordJson[];
  recognised?: string;
  dropped: Record<string, number>;
  refused: { index: number; reason: string }[];
  hint?: string;
}

interface TryLineProps {
  service: string;
  /** As they stand in the form, saved or not. */
  settings: ServiceSettings;
}

/** Asked when typing rests. */
const REST_MS = 300;
/** Of a line that is given; more of them say no more about how they are read. */
const SHOWN = 3;

/** What a line would become under the form's settings, before they are saved. */
export function TryLine({ service, settings }: TryLineProps) {
  const [lines, setLines] = useState("");
  const tried = useTried(service, lines, settings);
  const takeLatest = async () => {
    const everything = { service, range: { kind: "all" }, q: "" } as const;
    const { records } = await askLogs(everything, { limit: 1 }, AbortSignal.timeout(10_000));
    if (records[0]) setLines(lineOf(records[0]));
  };
  return (
    <Panel
      title="Try a line"
      note="as these settings would read it; nothing is stored"
      actions={
        <button type="button" class="button small" onClick={() => void takeLatest()}>
          Take the latest
        </button>
      }
    >
      <textarea
        class="try-lines mono"
        aria-label="Lines to try"
        placeholder="Paste a line here"
        rows={3}
        spellcheck={false}
        value={lines}
        onInput={(event) => setLines(event.currentTarget.value)}
      />
      <div role="status" class="tried">
        {tried instanceof ApiFailure && <Refused failure={tried} />}
        {tried && !(tried instanceof ApiFailure) && <Tried answer={tried} />}
      </div>
    </Panel>
  );
}

/** As it was received; of fields that were never a line, as an export has it: it comes back as the same record. */
const lineOf = (record: RecordJson): string =>
  rawOf({ ...record, tsMs: Date.parse(record.time) } as unknown as LogRecord) ?? JSON.stringify(record);

/** Undefined without a line; the answer before stays until the next one is here. */
function useTried(service: string, lines: string, settings: ServiceSettings): TriedAnswer | ApiFailure | undefined {
  const [answer, setAnswer] = useState<TriedAnswer | ApiFailure>();
  const body = JSON.stringify({ service, lines, settings });
  const isEmpty = lines.trim() === "";
  useEffect(() => {
    if (isEmpty) return setAnswer(undefined);
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setAnswer(await ask<TriedAnswer>("/api/try", { body: JSON.parse(body), signal: abort.signal }));
      } catch (failure) {
        if (abort.signal.aborted) return;
        if (!(failure instanceof ApiFailure)) throw failure;
        setAnswer(failure);
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [body, isEmpty]);
  return answer;
}

function Tried({ answer: { records, dropped, refused, hint } }: { answer: TriedAnswer }) {
  return (
    <>
      {Object.entries(dropped).map(([reason, count]) => (
        <p key={reason} class="warn">
          {count} dropped: <code>{reason}</code>
        </p>
      ))}
      {refused.map(({ index, reason }) => (
        <p key={index} class="bad">
          line {index + 1} refused: <code>{reason}</code>
        </p>
      ))}
      {hint !== undefined && <p class="warn">{hint}</p>}
      {records.slice(0, SHOWN).map((record, at) => (
        <TriedRecord key={at} record={record} />
      ))}
      {records.length > SHOWN && (
        <Empty>
          The first {SHOWN} of {records.length} records.
        </Empty>
      )}
    </>
  );
}

const UNTOLD = new Set(["service", "shard", "seq", "source", "parser"]);

const TriedRecord = ({ record }: { record: RecordJson }) => (
  <div class="tried-record">
    <p>
      read as <b class="mono">{record.parser}</b>
      {record.parser === "text" && <span class="faint">: no format was recognised, the line is kept as it is</span>}
    </p>
    <dl class="fields">
      {fieldsOf(record)
        .filter(({ name }) => !UNTOLD.has(name))
        .map(({ name, text }) => (
          <div key={name} class="field-row">
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  </div>
);
