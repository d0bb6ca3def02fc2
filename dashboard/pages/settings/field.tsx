import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { ApiFailure } from "../../api/client.ts";

interface FieldProps {
  label: string;
  /** What it means, in a sentence. */
  about?: ComponentChildren;
  children: (id: string) => ComponentChildren;
}

/** A named field of a form. */
export function Field({ label, about, children }: FieldProps) {
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <div>
        {children(id)}
        {about && <p class="faint">{about}</p>}
      </div>
    </div>
  );
}

interface NamedProps extends Pick<FieldProps, "label" | "about"> {
  placeholder?: string;
}

interface TextInputProps extends NamedProps {
  value: string;
  onText: (text: string) => void;
  class?: string;
  isRequired?: boolean;
  maxLength?: number;
}

export const TextInput = ({ label, about, value, onText, isRequired = false, ...rest }: TextInputProps) => (
  <Field label={label} about={about}>
    {(id) => (
      <input
        id={id}
        {...rest}
        required={isRequired}
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    )}
  </Field>
);

interface NumberInputProps extends NamedProps {
  value: number | undefined;
  /** Undefined: the field was emptied. */
  onNumber: (value: number | undefined) => void;
  unit?: string;
  min: number;
  max: number;
  step?: "any";
}

export const NumberInput = ({ label, about, value, onNumber, unit, ...rest }: NumberInputProps) => (
  <Field label={label} about={about}>
    {(id) => (
      <span class="with-unit">
        <input
          id={id}
          type="number"
          {...rest}
          value={value ?? ""}
          onInput={({ currentTarget }) =>
            onNumber(currentTarget.value === "" ? undefined : Number(currentTarget.value))
          }
        />
        {unit}
      </span>
    )}
  </Field>
);

interface ChoiceProps<Name extends string> extends NamedProps {
  /** Words by name. */
  choices: Record<Name, string>;
  value: Name;
  onChoice: (name: Name) => void;
}

export const Choice = <Name extends string>({ label, about, choices, value, onChoice }: ChoiceProps<Name>) => (
  <Field label={label} about={about}>
    {(id) => (
      <select id={id} value={value} onChange={(event) => onChoice(event.currentTarget.value as Name)}>
        {(Object.entries(choices) as [Name, string][]).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    )}
  </Field>
);

interface SwitchProps {
  label: string;
  about: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export const Switch = ({ label, about, isOn, onChange }: SwitchProps) => (
  <label class="switch">
    <input
      type="checkbox"
      role="switch"
      checked={isOn}
      aria-checked={isOn}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
    <span>
      {label}
      <small class="faint">{about}</small>
    </span>
  </label>
);

/** Why the server refused, field by field where it says so. */
export const Refused = ({ failure }: { failure: ApiFailure }) => (
  <div class="bad" role="alert">
    <p>{failure.message}</p>
    {failure.issues.map(({ path, message }) => (
      <p key={path}>
        <code>{path}</code> {message}
      </p>
    ))}
  </div>
);
