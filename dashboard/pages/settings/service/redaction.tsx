import { Panel } from "../../../panels/panel.tsx";
import { Switch } from "../field.tsx";
import type { PartProps } from "./part-props.ts";

const REDACTIONS = [
  { name: "secrets", label: "Secrets", about: "Passwords, tokens and API keys in addresses, headers and attributes" },
  { name: "cards", label: "Card numbers", about: "Those that pass the Luhn check" },
  { name: "emails", label: "E-mail addresses", about: "The part before the @" },
  { name: "ips", label: "Addresses", about: "Keeps /24 of IPv4 and /48 of IPv6; the country is looked up before" },
] as const;

/** What is taken out of records. */
export const Redaction = ({ settings, set }: PartProps) => (
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
