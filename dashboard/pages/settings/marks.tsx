import { useState } from "preact/hooks";
import { type Annotation, addAnnotation, askAnnotations, removeAnnotation } from "../../api/annotations.ts";
import { useAnswer } from "../../api/answer.ts";
import { full, moment } from "../../format/time.ts";
import { services } from "../../live/overview-feed.ts";
import { Answered, Empty } from "../../panels/answered.tsx";
import { DataTable } from "../../panels/data-table.tsx";
import { Panel } from "../../panels/panel.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { quoted } from "../../shell/curl.ts";
import { Choice, Refused, TextInput } from "./field.tsx";
import { useDeed } from "./use-deed.ts";

const KINDS = { deploy: "deploy", alert: "alert", note: "note" } as const;
const TOKENS = { deploy: "--accent", alert: "--bad", note: "--text-muted" } as const;
const EVERYTHING = { service: undefined, range: { kind: "all" } } as const;

/** What is marked on charts: by people here, by deploy scripts with the command that is shown. */
export function Marks() {
  const answer = useAnswer("marks", (signal) => askAnnotations(EVERYTHING, signal), { changes: () => "", everyMs: 0 });
  return (
    <>
      <NewMark again={answer.again} />
      <Panel title="Marks" note="the newest 200">
        <Answered answer={answer} lines={5}>
          {({ annotations }) =>
            annotations.length === 0 ? (
              <Empty>Nothing is marked yet. A mark is a line through every chart of its service.</Empty>
            ) : (
              <DataTable label="Marks" columns={COLUMNS}>
                {annotations.map((mark) => (
                  <MarkRow key={mark.id} mark={mark} again={answer.again} />
                ))}
              </DataTable>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

const COLUMNS = [
  { title: "When" },
  { title: "What" },
  { title: "Kind" },
  { title: "Service" },
  { title: "By", isWide: true },
  { title: "What to do", isHidden: true },
];

function MarkRow({
  mark: { id, time, kind, title, service, url, createdBy },
  again,
}: {
  mark: Annotation;
  again: () => void;
}) {
  const deed = useDeed();
  const remove = () =>
    deed.run(async () => {
      await removeAnnotation(id);
      again();
    });
  return (
    <tr>
      <td class="num nowrap" title={full(Date.parse(time))}>
        {moment(Date.parse(time))}
      </td>
      <th scope="row">
        {url === null ? (
          title
        ) : (
          <a class="link" href={url} target="_blank" rel="noreferrer">
            {title}
          </a>
        )}
      </th>
      <td>
        <span class="mark-kind">
          <i class="swatch" style={{ "--color": `var(${TOKENS[kind]})` }} />
          {kind}
        </span>
      </td>
      <td>{service ?? <span class="faint">all</span>}</td>
      <td class="faint wide-only">{createdBy}</td>
      <td class="n">
        {deed.failure && <span class="bad">{deed.failure.message} </span>}
        <button type="button" class="button small" disabled={deed.isRunning} onClick={() => void remove()}>
          Take away
        </button>
      </td>
    </tr>
  );
}

const ALL = "";

function NewMark({ again }: { again: () => void }) {
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<Annotation["kind"]>("deploy");
  const [service, setService] = useState<string>(ALL);
  const deed = useDeed();
  const given = { kind, title: title.trim(), service: service === ALL ? undefined : service };
  const add = () =>
    deed.run(async () => {
      await addAnnotation(given);
      setTitle("");
      again();
    });
  const names = [...(services.value?.keys() ?? [])].sort();
  return (
    <Panel title="Mark this moment">
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextInput
          label="What happened"
          placeholder="web 4.12.0"
          isRequired
          maxLength={200}
          value={title}
          onText={setTitle}
        />
        <Choice label="Kind" choices={KINDS} value={kind} onChoice={setKind} />
        <Choice
          label="Service"
          choices={{ [ALL]: "all", ...Object.fromEntries(names.map((name) => [name, name])) }}
          value={service}
          onChoice={setService}
        />
        <footer class="settings-save">
          <button type="submit" class="button primary" disabled={deed.isRunning || given.title === ""}>
            Mark it
          </button>
          <CopyButton text={() => commandOf(given)} label="Copy as curl, for a deploy script" />
          {deed.failure && <Refused failure={deed.failure} />}
        </footer>
      </form>
    </Panel>
  );
}

const commandOf = (given: Partial<Annotation>): string =>
  `curl -sS -H "Authorization: Bearer $WEIR_KEY" -H "Content-Type: application/json" --data ${quoted(JSON.stringify({ ...given, title: given.title || "web 4.12.0" }))} ${quoted(`${location.origin}/api/annotations`)}`;
