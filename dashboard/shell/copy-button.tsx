import { useState } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";

/** How long a button says that it has copied. */
const SAID_MS = 1_600;

export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(text());
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <button type="button" class="button small" onClick={copy}>
      <Icon name={isCopied ? "check" : "copy"} size={14} />
      <span aria-live="polite">{isCopied ? "Copied" : label}</span>
    </button>
  );
}

/** The clipboard is there for pages of https and of this machine; elsewhere a selection does the same. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
