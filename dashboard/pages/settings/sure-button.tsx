import { useState } from "preact/hooks";
import type { Deed } from "./use-deed.ts";

interface SureButtonProps {
  label: string;
  /** Asked before it is done. */
  sureLabel: string;
  deed: Deed;
  run: () => Promise<void>;
}

/** Does at the second press what cannot be taken back; who looks elsewhere begins anew. */
export function SureButton({ label, sureLabel, deed, run }: SureButtonProps) {
  const [isSure, setSure] = useState(false);
  return (
    <button
      type="button"
      class={`button small ${isSure ? "danger" : ""}`}
      disabled={deed.isRunning}
      onBlur={() => setSure(false)}
      onClick={() => (isSure ? void run() : setSure(true))}
    >
      {isSure ? sureLabel : label}
    </button>
  );
}
