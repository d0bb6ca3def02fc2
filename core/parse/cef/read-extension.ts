import { isWord } from "../time/cursor.ts";

/** As of attributes elsewhere: more keys are a dump. */
const MAX_KEYS = 256;

const MAX_KEY_CHARS = 128;

const SPACE = 32;

/**
 * Reads `src=10.0.0.1 msg=two words act=block` from an index on; `\=`, `\\` and `\n` are escapes. Values hold spaces, so
 * that the next key ends them. A custom field takes the name of its label (`cs1=x cs1Label=Policy` is `Policy`).
 */
export function readExtension(line: string, from: number, put: (key: string, value: string) => void): void {
  const labels = line.includes("Label=", from) ? labelsOf(line, from) : undefined;
  eachPair(line, from, (key, value) => {
    if (labels === undefined) put(key, value);
    else if (!labels.used.has(key)) put(labels.names.get(key) ?? key, value);
  });
}

interface Labels {
  /** The name that the label of a key gives it. */
  names: Map<string, string>;
  /** Labels that have a field to give their name to. */
  used: Set<string>;
}

function labelsOf(line: string, from: number): Labels {
  const labels: Labels = { names: new Map(), used: new Set() };
  const keys = new Set<string>();
  const given: [key: string, value: string][] = [];
  eachPair(line, from, (key, value) => {
    keys.add(key);
    if (key.endsWith("Label") && value !== "") given.push([key, value]);
  });
  for (const [label, name] of given) {
    const key = label.slice(0, -5);
    if (!keys.has(key) || keys.has(name)) continue;
    labels.names.set(key, name);
    labels.used.add(label);
  }
  return labels;
}

function eachPair(line: string, from: number, put: (key: string, value: string) => void): void {
  let key: string | undefined;
  let valueAt = from;
  let count = 0;
  for (let equals = line.indexOf("=", from); equals !== -1; equals = line.indexOf("=", equals + 1)) {
    const keyAt = startOfKey(line, key === undefined ? from : valueAt, equals);
    if (keyAt === valueAt && key !== undefined) continue;
    if (keyAt === -1) continue;
    if (key !== undefined) put(key, unescaped(line.slice(valueAt, keyAt)));
    if (count++ === MAX_KEYS) return;
    key = line.slice(keyAt, equals);
    valueAt = equals + 1;
  }
  if (key !== undefined) put(key, unescaped(line.slice(valueAt)));
}

/** Where the word that ends before an index begins, if a space or the extension's start stands before it; else -1. */
function startOfKey(line: string, from: number, end: number): number {
  let at = end - 1;
  while (at >= from && end - at <= MAX_KEY_CHARS && isKeyCode(line.charCodeAt(at))) at--;
  if (at === end - 1) return -1;
  return at < from || line.charCodeAt(at) === SPACE ? at + 1 : -1;
}

/** Letters, digits, `_`, `.`, `-`, brackets. */
const isKeyCode = (code: number): boolean => isWord(code) || code === 46 || code === 45 || code === 91 || code === 93;

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", "=": "=", "\\": "\\", "|": "|" };

function unescaped(value: string): string {
  const trimmed = value.trim();
  if (trimmed.indexOf("\\") === -1) return trimmed;
  return trimmed.replace(/\\([nr=\\|])/g, (_all, code: string) => ESCAPES[code]!);
}
