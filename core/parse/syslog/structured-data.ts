import { setAttr } from "../../fields/bounded.ts";

/** Elements and parameters of a line; more are a dump. */
const MAX_PARAMS = 256;

const SPACE = 32;
const QUOTE = 34;
const EQUALS = 61;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;

/**
 * Reads `[id name="value" …][id …]` (RFC 5424 §6.3) at an index into attributes: `{ id: { name: "value" } }`.
 *
 * Answers the index after the last `]`, -1 where it is broken. Spaces after `=` and values without quotes are taken,
 * since senders write them.
 */
export function putStructuredData(attrs: Record<string, unknown>, line: string, from: number): number {
  let at = from;
  let params = 0;
  while (line.charCodeAt(at) === OPEN) {
    const idEnd = endOfName(line, at + 1);
    if (idEnd === at + 1) return -1;
    const values: Record<string, unknown> = {};
    setAttr(attrs, line.slice(at + 1, idEnd), values);
    at = idEnd;
    while (line.charCodeAt(at) === SPACE) {
      while (line.charCodeAt(at) === SPACE) at++;
      if (line.charCodeAt(at) === CLOSE) break;
      const nameEnd = endOfName(line, at);
      if (nameEnd === at || line.charCodeAt(nameEnd) !== EQUALS || ++params > MAX_PARAMS) return -1;
      const valueEnd = endOfValue(line, nameEnd + 1);
      if (valueEnd === -1) return -1;
      setAttr(values, line.slice(at, nameEnd), paramOf(line, nameEnd + 1, valueEnd));
      at = valueEnd;
    }
    if (line.charCodeAt(at) !== CLOSE) return -1;
    at++;
  }
  return at;
}

/** Printable ASCII but for space, `=`, `]` and quotes, at most 32. */
function endOfName(line: string, from: number): number {
  let at = from;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code <= SPACE || code > 126 || code === EQUALS || code === CLOSE || code === QUOTE) break;
  }
  return at - from > 32 ? from : at;
}

/** Index after the closing quote, or after the bare value; -1 where a quoted one is broken. */
function endOfValue(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === SPACE) at++;
  if (line.charCodeAt(at) !== QUOTE) {
    while (at < line.length && line.charCodeAt(at) !== SPACE && line.charCodeAt(at) !== CLOSE) at++;
    return at;
  }
  for (at++; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === CLOSE) return -1;
    else if (code === QUOTE)
      return line.charCodeAt(at + 1) === SPACE || line.charCodeAt(at + 1) === CLOSE ? at + 1 : -1;
  }
  return -1;
}

function paramOf(line: string, from: number, end: number): string {
  let at = from;
  while (line.charCodeAt(at) === SPACE) at++;
  if (line.charCodeAt(at) !== QUOTE) return line.slice(at, end);
  const inner = line.slice(at + 1, end - 1);
  return inner.includes("\\") ? inner.replace(/\\(["\\\]])/g, "$1") : inner;
}
