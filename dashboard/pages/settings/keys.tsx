import { useState } from "preact/hooks";
import { useAnswer } from "../../api/answer.ts";
import { ask } from "../../api/client.ts";
import { day, full } from "../../format/time.ts";
import { Answered, Empty } from "../../panels/answered.tsx";
import { DataTable } from "../../panels/data-table.tsx";
import { Panel } from "../../panels/panel.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { Choice, Refused, TextInput } from "./field.tsx";
import { Sessions } from "./sessions.tsx";
import { SureButton } from "./sure-button.tsx";
import { useDeed } from "./use-deed.ts";

interface Key {
  id: string;
  name: string;
  prefix: string;
  scope: string;
  services: string[];
  created: string;
  createdBy: string;
  expires: string | null;
  revoked: string | null;
  lastUsed: string | null;
}

const SCOPES = {
  ingest: "ingest: sends lines",
  beacon: "beacon: sends from browsers, to /beacon only",
  read: "read: asks, and sees live",
  admin: "admin: does everything",
} as const;

const COLUMNS = [
  { title: "Name" },
  { title: "Begins with" },
  { title: "Scope" },
  { title: "Services" },
  { title: "Made" },
  { title: "Last used" },
  { title: "What to do", isHidden: true },
];

/** Who may send and ask. A key itself is shown once, when it is made. */
export function Keys() {
  const answer = useAnswer("keys", (signal) => ask<{ keys: Key[] }>("/api/keys", { signal }), {
    changes: () => "",
    everyMs: 0,
  });
  return (
    <>
      <NewKey again={answer.again} />
      <Panel title="Keys">
        <Answered answer={answer} lines={5}>
          {({ keys }) =>
            keys.length === 0 ? (
              <Empty>There is no key yet: senders use the admin token.</Empty>
            ) : (
              <DataTable label="Keys" columns={COLUMNS}>
                {keys.map((key) => (
                  <KeyRow key={key.id} of={key} again={answer.again} />
                ))}
              </DataTable>
            )
          }
        </Answered>
      </Panel>
      <Sessions />
    </>
  );
}

function KeyRow({ of: key, again }: { of: Key; again: () => void }) {
  const deed = useDeed();
  const isOver = key.revoked !== null || (key.expires !== null && Date.parse(key.expires) <= Date.now());
  const revoke = () =>
    deed.run(async () => {
      await ask(`/api/keys/${key.id}`, { method: "DELETE" });
      again();
    });
  return (
    <tr class={isOver ? "faint" : ""}>
      <th scope="row">{key.name}</th>
      <td class="mono">{key.prefix}…</td>
      <td>{key.scope}</td>
      <td>{key.services.length === 0 ? "all" : key.services.join(", ")}</td>
      <td title={`by ${key.createdBy}, ${full(Date.parse(key.created))}`}>{day(Date.parse(key.created))}</td>
      <td>{key.lastUsed === null ? "never" : day(Date.parse(key.lastUsed))}</td>
      <td class="n">
        {isOver ? (
          key.revoked !== null ? (
            "revoked"
          ) : (
            "expired"
          )
        ) : deed.failure ? (
          <span class="bad">{deed.failure.message}</span>
        ) : (
          <SureButton label="Revoke" sureLabel="Really revoke" deed={deed} run={revoke} />
        )}
      </td>
    </tr>
  );
}

function NewKey({ again }: { again: () => void }) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<keyof typeof SCOPES>("ingest");
  const [bounds, setBounds] = useState("");
  const [made, setMade] = useState<string>();
  const deed = useDeed();
  const make = () =>
    deed.run(async () => {
      const services = bounds.split(/[\s,]+/).filter(Boolean);
      const { key } = await ask<{ key: string }>("/api/keys", { body: { name, scope, services } });
      setMade(key);
      setName("");
      again();
    });
  return (
    <Panel title="A new key">
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextInput label="Name" about="Who or what will carry it." isRequired value={name} onText={setName} />
        <Choice label="Scope" choices={SCOPES} value={scope} onChoice={setScope} />
        <TextInput
          label="Services"
          about="Names, or beginnings and a star: web-*. Empty means all."
          class="mono"
          placeholder="all"
          value={bounds}
          onText={setBounds}
        />
        <footer class="settings-save">
          <button type="submit" class="button primary" disabled={deed.isRunning || name.trim() === ""}>
            Make the key
          </button>
          {deed.failure && <Refused failure={deed.failure} />}
        </footer>
      </form>
      {made !== undefined && (
        <div class="made-key" role="status">
          <p>Copy it now: only its digest is kept, so nobody can show it again.</p>
          <code>{made}</code>
          <CopyButton text={() => made} label="Copy the key" />
        </div>
      )}
    </Panel>
  );
}
