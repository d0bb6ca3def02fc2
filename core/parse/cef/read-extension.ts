/** As of attributes elsewhere: more keys are a dump. */
const MAX_KEYS = 256;

/** A key and its `=`, at the start or after a space; values hold spaces, so that the next key ends them. */
const KEY = /(?:^|\s)([A-Za-z0-9_.[\]-]{1,128})=/g;

/** `src=10.0.0.1 msg=two words act=block`; `\=`, `\\` and `\n` are escapes. A custom field takes the name of its label. */
export function readExtension(text: string): Record<string, string> {
  const raw: Record<string, string> = Object.create(null);
  let key: string | undefined;
  let from = 0;
  let count = 0;
  for (const match of text.matchAll(KEY)) {
    if (count++ === MAX_KEYS) break;
    if (key !== undefined) raw[key] = unescaped(text.slice(from, match.index));
    key = match[1]!;
    from = match.index + match[0].length;
  }
  if (key !== undefined) raw[key] = unescaped(text.slice(from));
  return labelled(raw);
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", "=": "=", "\\": "\\", "|": "|" };

function unescaped(value: string): string {
  const trimmed = value.trim();
  return trimmed.includes("\\") ? trimmed.replace(/\\([nr=\\|])/g, (_all, code: string) => ESCAPES[code]!) : trimmed;
}

/** `cs1=x cs1Label=Policy` → `Policy: x`. */
function labelled(raw: Record<string, string>): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(raw)) {
    if (key.endsWith("Label") && raw[key.slice(0, -5)] !== undefined) continue;
    const label = raw[`${key}Label`];
    fields[label !== undefined && label !== "" && !(label in raw) ? label : key] = value;
  }
  return fields;
}
