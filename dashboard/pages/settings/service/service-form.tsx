import { useEffect, useState } from "preact/hooks";
import type { ServiceSettings } from "../../../../core/settings.ts";
import { useAnswer } from "../../../api/answer.ts";
import { ask } from "../../../api/client.ts";
import { Answered } from "../../../panels/answered.tsx";
import { Refused } from "../field.tsx";
import { useDeed } from "../use-deed.ts";
import { ArchiveState } from "./archive-state.tsx";
import { Dropping } from "./dropping.tsx";
import { Keeping } from "./keeping.tsx";
import { Reading } from "./reading.tsx";
import { Redaction } from "./redaction.tsx";
import { TryLine } from "./try-line.tsx";

interface SettingsAnswer {
  service: string;
  settings: ServiceSettings;
}

/** How the lines of one service are read, what is kept of them and how long. */
export function ServiceForm({ service }: { service: string }) {
  const path = `/api/services/${encodeURIComponent(service)}`;
  const answer = useAnswer(`settings ${service}`, (signal) => ask<SettingsAnswer>(path, { signal }), {
    changes: () => "",
    everyMs: 0,
  });
  return (
    <Answered answer={answer} lines={12}>
      {(value) => <Form key={service} service={service} path={path} saved={value.settings} again={answer.again} />}
    </Answered>
  );
}

interface FormProps {
  service: string;
  path: string;
  saved: ServiceSettings;
  again: () => void;
}

function Form({ service, path, saved, again }: FormProps) {
  const [settings, setSettings] = useState(saved);
  const deed = useDeed();
  useEffect(() => setSettings(saved), [saved]);
  const isChanged = JSON.stringify(settings) !== JSON.stringify(saved);
  const set = (part: Partial<ServiceSettings>) => setSettings({ ...settings, ...part });
  const save = () =>
    deed.run(async () => {
      await ask(path, { method: "PUT", body: settings });
      again();
    });
  return (
    <div class="settings-form">
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Reading settings={settings} set={set} />
        <TryLine service={service} settings={settings} />
        <Redaction settings={settings} set={set} />
        <Dropping settings={settings} set={set} />
        <Keeping settings={settings} set={set} />
        <footer class="settings-save">
          <button type="submit" class="button primary" disabled={!isChanged || deed.isRunning}>
            {deed.isRunning ? "Saving …" : "Save"}
          </button>
          {isChanged && (
            <button type="button" class="button" onClick={() => setSettings(saved)}>
              Undo
            </button>
          )}
          <p role="status" class="faint">
            {isChanged ? "Not saved yet" : deed.isDone ? "Saved: it holds for the lines that come from now on" : ""}
          </p>
          {deed.failure && <Refused failure={deed.failure} />}
        </footer>
      </form>
      <ArchiveState service={service} />
    </div>
  );
}
