import { Panel } from "../../../panels/panel.tsx";
import { NumberInput, Switch } from "../field.tsx";
import type { PartProps } from "./part-props.ts";

/** Where records stay, and how long. */
export const Keeping = ({ settings, set }: PartProps) => (
  <Panel title="Keeping">
    <NumberInput
      label="In the database"
      about="Days that records stay as rows; 0 sends them to the archive at once."
      unit="days"
      min={0}
      max={400}
      value={settings.hotDays}
      onNumber={(hotDays = 0) => set({ hotDays })}
    />
    <NumberInput
      label="Rows a day"
      about="What comes after them on a UTC day goes to the archive at once; empty has no limit."
      unit="rows"
      min={0}
      max={1_000_000_000}
      placeholder="no limit"
      value={settings.hotRowsPerDay}
      onNumber={(hotRowsPerDay) => set({ hotRowsPerDay })}
    />
    <NumberInput
      label="In the archive"
      about="Days after which the archive forgets; empty keeps for ever."
      unit="days"
      min={1}
      max={3_650}
      placeholder="for ever"
      value={settings.retentionDays}
      onNumber={(retentionDays) => set({ retentionDays })}
    />
    <NumberInput
      label="Statistics"
      about="Days after which statistics are removed, at least as many as records stay; empty keeps for ever."
      unit="days"
      min={1}
      max={36_500}
      placeholder="for ever"
      value={settings.summaryDays}
      onNumber={(summaryDays) => set({ summaryDays })}
    />
    <Switch
      label="Every line in the archive"
      about="Also those that the other columns give back: for engines that cannot put them together"
      isOn={settings.rawInArchive}
      onChange={(rawInArchive) => set({ rawInArchive })}
    />
    <NumberInput
      label="Streams"
      about="That share the load of the service; one takes some hundred requests a second."
      min={1}
      max={64}
      value={settings.shards}
      onNumber={(shards = 1) => set({ shards })}
    />
  </Panel>
);
