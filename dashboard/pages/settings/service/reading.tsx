import { Panel } from "../../../panels/panel.tsx";
import { Choice, TextInput } from "../field.tsx";
import type { PartProps } from "./part-props.ts";

const UNITS = { ms: "milliseconds", us: "microseconds", s: "seconds" } as const;

/** An emptied field means that it is not set. */
const textOrNone = (text: string): string | undefined => (text.trim() === "" ? undefined : text);

/** How lines become records. */
export const Reading = ({ settings, set }: PartProps) => (
  <Panel title="Reading lines">
    <TextInput
      label="Parser"
      about="Found line by line unless one is named: json, combined, logfmt, syslog5424, text …"
      class="mono"
      placeholder="by content"
      value={settings.parser ?? ""}
      onText={(text) => set({ parser: textOrNone(text) })}
    />
    <TextInput
      label="Pattern"
      about="Apache LogFormat, nginx log_format, or a template of named fields."
      class="mono wide"
      placeholder={'%h %l %u %t "%r" %>s %b'}
      value={settings.pattern ?? ""}
      onText={(text) => set({ pattern: textOrNone(text) })}
    />
    <TextInput
      label="Time zone"
      about="Of times that name none."
      value={settings.zone}
      onText={(zone) => set({ zone })}
    />
    <Choice
      label="Response times"
      about="The unit of a bare number."
      choices={UNITS}
      value={settings.durationUnit}
      onChoice={(durationUnit) => set({ durationUnit })}
    />
  </Panel>
);
