import "./query.css";
import { useEffect, useState } from "preact/hooks";
import { address, hrefWith, navigate } from "../../address/address.ts";
import { useAnswer } from "../../api/answer.ts";
import type { SqlAnswer, SqlSchema } from "../../api/answers.ts";
import { ApiFailure, ask } from "../../api/client.ts";
import { short } from "../../format/number.ts";
import { Icon } from "../../icons/icon.tsx";
import { Answered, Failure, Skeleton } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { Builder } from "./builder.tsx";
import { dollars, dollarsOfRows } from "./dollars.ts";
import { noteAsked } from "./history.ts";
import { Kept } from "./kept.tsx";
import { Result } from "./result.tsx";
import { SchemaList } from "./schema-list.tsx";
import { SqlEditor } from "./sql-editor.tsx";
import { type Cost, useCost } from "./use-cost.ts";

const FIRST_SQL = "SELECT level, count(*) AS records\nFROM logs\nGROUP BY level\nORDER BY records DESC";

interface Run {
  sql: string;
  state: "asking" | SqlAnswer | ApiFailure;
}

/** Any question of the database: built by choosing or written as SQL; the statement is in the address. */
export function Query() {
  const given = address.value.query.get("sql");
  const [sql, setSql] = useState(given ?? FIRST_SQL);
  const [isBuilding, setBuilding] = useState(false);
  const [run, setRun] = useState<Run>();
  const schema = useAnswer("sql schema", (signal) => ask<SqlSchema>("/api/sql/schema", { signal }), {
    changes: () => "",
    everyMs: 0,
  });
  const cost = useCost(sql);

  const start = async (text: string) => {
    const asked = text.trim();
    if (asked === "") return;
    if (asked !== address.peek().query.get("sql")) navigate(hrefWith({ sql: asked }));
    setRun({ sql: asked, state: "asking" });
    try {
      const answer = await ask<SqlAnswer>("/api/sql", { body: { sql: asked } });
      noteAsked(asked, Date.now());
      setRun((latest) => (latest?.sql === asked ? { sql: asked, state: answer } : latest));
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      setRun((latest) => (latest?.sql === asked ? { sql: asked, state: failure } : latest));
    }
  };
  // A link to a statement shows its answer; so does the way back to it.
  useEffect(() => {
    if (given === null || run?.sql === given) return;
    setSql(given);
    void start(given);
  }, [given]);

  const choose = (text: string) => {
    setSql(text);
    void start(text);
  };
  const fault = run?.state instanceof ApiFailure && run.sql === sql.trim() ? run.state : undefined;
  return (
    <div class="query">
      <h1 class="sr-only">Query</h1>
      <Panel
        title="Statement"
        class="statement"
        note={<CostNote cost={cost} />}
        actions={
          <fieldset class="chips" aria-label="How the statement is made">
            <button type="button" class="chip" aria-pressed={!isBuilding} onClick={() => setBuilding(false)}>
              SQL
            </button>
            <button type="button" class="chip" aria-pressed={isBuilding} onClick={() => setBuilding(true)}>
              Builder
            </button>
          </fieldset>
        }
      >
        {isBuilding && schema.value && <Builder schema={schema.value} onSql={setSql} />}
        <SqlEditor
          sql={sql}
          schema={schema.value}
          faultAt={fault?.issues[0]?.column}
          onSql={setSql}
          onRun={() => void start(sql)}
        />
        <div class="statement-actions">
          <button
            type="button"
            class="button primary"
            title="Ctrl+Enter"
            disabled={run?.state === "asking"}
            onClick={() => void start(sql)}
          >
            <Icon name="play" size={14} /> {run?.state === "asking" ? "Running …" : "Run"}
          </button>
          <CopyButton text={() => location.origin + hrefWith({ sql: sql.trim() })} label="Copy link" />
          {cost?.kind === "refused" && <p class="bad">{cost.failure.message}</p>}
        </div>
      </Panel>
      {run?.state === "asking" && (
        <Panel title="Asking the database" class="result">
          <Skeleton lines={6} />
        </Panel>
      )}
      {run?.state instanceof ApiFailure && (
        <Panel title="Not answered" class="result">
          <Failure failure={run.state} again={() => void start(sql)} />
        </Panel>
      )}
      {run && run.state !== "asking" && !(run.state instanceof ApiFailure) && <Result answer={run.state} />}
      <aside class="query-side" aria-label="What can be asked">
        <Kept sql={sql} onChoose={choose} />
        <Panel title="Tables">
          <Answered answer={schema} lines={10}>
            {(value) => (
              <SchemaList
                schema={value}
                onName={(name) => setSql(`${sql}${/[\s(,]$/.test(sql) || sql === "" ? "" : " "}${name}`)}
                onExample={choose}
              />
            )}
          </Answered>
        </Panel>
      </aside>
    </div>
  );
}

/** Before the run: how much the database would go through. */
function CostNote({ cost }: { cost: Cost | undefined }) {
  if (cost?.kind !== "steps") return <>reads only · one statement</>;
  return (
    <>
      about {short(Math.round(cost.steps))} rows to read · {dollars(dollarsOfRows(cost.steps))}
    </>
  );
}
