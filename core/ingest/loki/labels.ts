/** `name="value"`, with Go's escapes inside. */
const LABEL = /\s*([A-Za-z_][A-Za-z0-9_.:]*)\s*=\s*("(?:[^"\\]|\\.)*")\s*,?/y;

/** The labels of `{job="nginx", host="web-1"}`; what does not fit is left out. */
export function labelsOf(text: string): Record<string, unknown> {
  const labels: Record<string, unknown> = {};
  LABEL.lastIndex = text.startsWith("{") ? 1 : 0;
  for (let label = LABEL.exec(text); label !== null; label = LABEL.exec(text)) {
    if (label[1] !== "__proto__") labels[label[1]!] = unquoted(label[2]!);
  }
  return labels;
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    // An escape that Go has and JSON has not (`\x41`, `\'`): readable as it is.
    return text.slice(1, -1);
  }
}
