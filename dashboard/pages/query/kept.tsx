import { useState } from "preact/hooks";
import { useAnswer } from "../../api/answer.ts";
import { ApiFailure } from "../../api/client.ts";
import { askViews, forgetView, type SavedView, saveView } from "../../api/views.ts";
import { ago } from "../../format/time.ts";
import { Icon } from "../../icons/icon.tsx";
import { nowMs } from "../../live/clock.ts";
import { Answered, Empty } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { asked, forgetAsked } from "./history.ts";

interface KeptProps {
  /** The statement that would be saved. */
  sql: string;
  onChoose: (sql: string) => void;
}

/** Statements of before: those that somebody saved for all, and those that this browser asked. */
export function Kept({ sql, onChoose }: KeptProps) {
  const [tab, setTab] = useState<"saved" | "history">("saved");
  return (
    <Panel
      title="Statements"
      actions={
        <fieldset class="chips" aria-label="Which statements">
          <button type="button" class="chip" aria-pressed={tab === "saved"} onClick={() => setTab("saved")}>
            Saved
          </button>
          <button type="button" class="chip" aria-pressed={tab === "history"} onClick={() => setTab("history")}>
            History
          </button>
        </fieldset>
      }
    >
      {tab === "saved" ? <Saved sql={sql} onChoose={onChoose} /> : <History onChoose={onChoose} />}
    </Panel>
  );
}

function Saved({ sql, onChoose }: KeptProps) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string>();
  const answer = useAnswer("views sql", (signal) => askViews("sql", signal), { changes: () => "", everyMs: 0 });
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      setProblem(undefined);
      answer.again();
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      setProblem(failure.message);
    }
  };
  return (
    <>
      <form
        class="save-form"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(async () => {
            await saveView("sql", name, { sql: sql.trim() });
            setName("");
          });
        }}
      >
        <input
          class="kept-name"
          aria-label="Name for this statement"
          placeholder="Save this one as …"
          maxLength={200}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button small" disabled={name.trim() === "" || sql.trim() === ""}>
          Save
        </button>
      </form>
      {problem && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <Answered answer={answer} lines={3}>
        {({ views }) =>
          views.length === 0 ? (
            <Empty>Saved statements are seen by everyone who may read.</Empty>
          ) : (
            <ol class="kept">
              {views.map((view) => (
                <SavedRow
                  key={view.id}
                  view={view}
                  onChoose={onChoose}
                  onForget={() => void attempt(() => forgetView(view.id))}
                />
              ))}
            </ol>
          )
        }
      </Answered>
    </>
  );
}

interface SavedRowProps {
  view: SavedView;
  onChoose: (sql: string) => void;
  onForget: () => void;
}

const SavedRow = ({ view: { name, value, updated, createdBy }, onChoose, onForget }: SavedRowProps) => (
  <li>
    <button type="button" class="kept-choice" onClick={() => onChoose(String(value.sql))} title={String(value.sql)}>
      {name}
      <span class="faint kept-when">
        {ago(Date.parse(updated), nowMs.value)} by {createdBy}
      </span>
    </button>
    <button type="button" class="icon-button small" aria-label={`Forget ${name}`} onClick={onForget}>
      <Icon name="close" size={12} />
    </button>
  </li>
);

function History({ onChoose }: Pick<KeptProps, "onChoose">) {
  if (asked.value.length === 0) return <Empty>What you run is listed here, in this browser only.</Empty>;
  return (
    <>
      <ol class="kept">
        {asked.value.map(({ sql, atMs }) => (
          <li key={sql}>
            <button type="button" class="kept-choice" onClick={() => onChoose(sql)} title={sql}>
              <code>{sql}</code>
              <span class="faint kept-when">{ago(atMs, nowMs.value)}</span>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" class="link faint" onClick={forgetAsked}>
        Forget all
      </button>
    </>
  );
}
