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
