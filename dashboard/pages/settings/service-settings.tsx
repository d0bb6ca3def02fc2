import { useEffect, useState } from "preact/hooks";
import { DROP_FIELDS, type DropRule, type ServiceSettings } from "../../../core/settings.ts";
import { useAnswer } from "../../api/answer.ts";
import { ask } from "../../api/client.ts";
import { Icon } from "../../icons/icon.tsx";
import { Answered } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { Field, Refused, Switch } from "./field.tsx";
import { useDeed } from "./use-deed.ts";

interface SettingsAnswer {
  service: string;
  settings: ServiceSettings;
}

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
const UNITS = { ms: "milliseconds", us: "microseconds", s: "seconds" } as const;

/** How the lines of one service are read, what is kept of them and how long. */
export function ServiceForm({ service }: { service: string }) {
  const path = `/api/services/${encodeURIComponent(service)}`;
  const answer = useAnswer(`settings ${service}`, (signal) => ask<SettingsAnswer>(path, { signal }), {
    changes: () => "",
    everyMs: 0,
  });
  return (
    <Answered answer={answer} lines={12}>
      {(value) => <Form key={service} path={path} saved={value.settings} again={answer.again} />}
    </Answered>
  );
}

function Form({ path, saved, again }: { path: string; saved: ServiceSettings; again: () => void }) {
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
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Reading settings={settings} set={set} />
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
  );
}

interface PartProps {
  settings: ServiceSettings;
  set: (part: Partial<ServiceSettings>) => void;
}

/** An emptied field means that it is not set. */
const textOrNone = (text: string): string | undefined => (text.trim() === "" ? undefined : text);

const Reading = ({ settings, set }: PartProps) => (
  <Panel title="Reading lines">
    <Field label="Parser" about="Found line by line unless one is named: json, combined, logfmt, syslog5424, text …">
      {(id) => (
        <input
          id={id}
          class="mono"
          placeholder="by content"
          value={settings.parser ?? ""}
          onInput={(event) => set({ parser: textOrNone(event.currentTarget.value) })}
        />
      )}
    </Field>
    <Field label="Pattern" about="Apache LogFormat, nginx log_format, or a template of named fields.">
      {(id) => (
        <input
          id={id}
          class="mono wide"
          placeholder={'%h %l %u %t "%r" %>s %b'}
          value={settings.pattern ?? ""}
          onInput={(event) => set({ pattern: textOrNone(event.currentTarget.value) })}
        />
      )}
    </Field>
    <Field label="Time zone" about="Of times that name none.">
      {(id) => <input id={id} value={settings.zone} onInput={(event) => set({ zone: event.currentTarget.value })} />}
    </Field>
    <Field label="Response times" about="The unit of a bare number.">
      {(id) => (
        <select
          id={id}
          value={settings.durationUnit}
          onChange={(event) => set({ durationUnit: event.currentTarget.value as keyof typeof UNITS })}
        >
          {Object.entries(UNITS).map(([unit, words]) => (
            <option key={unit} value={unit}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  </Panel>
);

const REDACTIONS = [
  { name: "secrets", label: "Secrets", about: "Passwords, tokens and API keys in addresses, headers and attributes" },
  { name: "cards", label: "Card numbers", about: "Those that pass the Luhn check" },
  { name: "emails", label: "E-mail addresses", about: "The part before the @" },
  { name: "ips", label: "Addresses", about: "Keeps /24 of IPv4 and /48 of IPv6; the country is looked up before" },
] as const;

const Redaction = ({ settings, set }: PartProps) => (
  <Panel title="Redaction" note="before anything is written">
    {REDACTIONS.map(({ name, label, about }) => (
      <Switch
        key={name}
        label={label}
        about={about}
        isOn={settings.redact[name]}
        onChange={(isOn) => set({ redact: { ...settings.redact, [name]: isOn } })}
      />
    ))}
  </Panel>
);

/** A rule of one field, as most are; one of several fields keeps the others. */
const ruleOf = (rule: DropRule): [field: string, pattern: string] => {
  const [field, pattern] = Object.entries(rule)[0] ?? ["path", ""];
  return [field, String(pattern)];
};

function Dropping({ settings, set }: PartProps) {
  const change = (at: number, field: string, pattern: string) =>
    set({
      drop: settings.drop.map((rule, index) => {
        if (index !== at) return rule;
        const { [ruleOf(rule)[0]]: _before, ...rest } = rule as Record<string, string>;
        return { [field]: pattern, ...rest } as DropRule;
      }),
    });
  const { sample } = settings;
  return (
    <Panel title="Dropping" note="counted by reason, never stored">
      {settings.drop.map((rule, at) => {
        const [field, pattern] = ruleOf(rule);
        const others = Object.keys(rule).length - 1;
        return (
          <div class="drop-rule" key={at}>
            <select
              aria-label={`Rule ${at + 1}, field`}
              value={field}
              onChange={(event) => change(at, event.currentTarget.value, pattern)}
            >
              {DROP_FIELDS.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <input
              class="mono"
              aria-label={`Rule ${at + 1}, value`}
              placeholder="/healthz or 2*"
              value={pattern}
              onInput={(event) => change(at, field, event.currentTarget.value)}
            />
            {others > 0 && <span class="faint">and {others} more</span>}
            <button
              type="button"
              class="icon-button small"
              aria-label={`Take rule ${at + 1} away`}
              onClick={() => set({ drop: settings.drop.filter((_, index) => index !== at) })}
            >
              <Icon name="close" size={13} />
            </button>
          </div>
        );
      })}
      <button
        type="button"
        class="button small"
        onClick={() => set({ drop: [...settings.drop, { path: "/healthz" }] })}
      >
        <Icon name="plus" size={13} /> Rule
      </button>
      <Field label="Sampling" about="Share of records that are kept; 100 % keeps all.">
        {(id) => (
          <span class="with-unit">
            <input
              id={id}
              type="number"
              min="0.1"
              max="100"
              step="any"
              value={sample ? Number((sample.keep * 100).toPrecision(4)) : 100}
              onInput={(event) => {
                const share = Number(event.currentTarget.value) / 100;
                set({ sample: share >= 1 ? undefined : { keep: share, alwaysFrom: sample?.alwaysFrom ?? "warn" } });
              }}
            />
            %
          </span>
        )}
      </Field>
      {sample && (
        <Field label="Always keep from" about="Every record of this level or a worse one.">
          {(id) => (
            <select
              id={id}
              value={sample.alwaysFrom}
              onChange={(event) =>
                set({ sample: { ...sample, alwaysFrom: event.currentTarget.value as (typeof LEVELS)[number] } })
              }
            >
              {LEVELS.map((level) => (
                <option key={level}>{level}</option>
              ))}
            </select>
          )}
        </Field>
      )}
    </Panel>
  );
}

const Keeping = ({ settings, set }: PartProps) => (
  <Panel title="Keeping">
    <Field label="In the database" about="Days that records stay as rows; 0 sends them to the archive at once.">
      {(id) => (
        <span class="with-unit">
          <input
            id={id}
            type="number"
            min="0"
            max="400"
            value={settings.hotDays}
            onInput={(event) => set({ hotDays: Number(event.currentTarget.value) })}
          />
          days
        </span>
      )}
    </Field>
    <Field label="In the archive" about="Days after which the archive forgets; empty keeps for ever.">
      {(id) => (
        <span class="with-unit">
          <input
            id={id}
            type="number"
            min="1"
            max="3650"
            placeholder="for ever"
            value={settings.retentionDays ?? ""}
            onInput={(event) => {
              const { value } = event.currentTarget;
              set({ retentionDays: value === "" ? undefined : Number(value) });
            }}
          />
          days
        </span>
      )}
    </Field>
    <Field label="Streams" about="That share the load of the service; one takes some hundred requests a second.">
      {(id) => (
        <input
          id={id}
          type="number"
          min="1"
          max="64"
          value={settings.shards}
          onInput={(event) => set({ shards: Number(event.currentTarget.value) })}
        />
      )}
    </Field>
  </Panel>
);
