const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const COMMA = 44;

/** Where the value that begins at `at` ends (exclusive), or undefined if it does not. Objects, lists and texts only. */
export function endOfValue(text: string, at: number, to = text.length): number | undefined {
  if (text.charCodeAt(at) === QUOTE) return endOfString(text, at);
  let depth = 0;
  for (let i = at; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const end = endOfString(text, i);
      if (end === undefined) return undefined;
      i = end - 1;
    } else if (code === OPEN || code === OPEN_LIST) depth++;
    else if ((code === CLOSE || code === CLOSE_LIST) && --depth === 0) return i + 1;
  }
  return undefined;
}

function endOfString(text: string, at: number): number | undefined {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text.charCodeAt(quote - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
  return undefined;
}

/**
 * The JSON values that stand in a text one after the other, whatever is between them: `{"a":1}{"a":2}`, `{…},{…}`, spread over
 * lines or not. What is no whole object, list or text is given line by line, as it is.
 *
 * @param limit stops after one value more than this
 */
export function splitJson(text: string, limit: number, from = 0, to = text.length): string[] {
  const values: string[] = [];
  let at = from;
  // After a value without end, others may end only on their own line: else each would be sought to the end of the text.
  let isBroken = false;
  while (at < to && values.length <= limit) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === COMMA) {
      at++;
      continue;
    }
    const isValue = code === OPEN || code === OPEN_LIST || code === QUOTE;
    const lineEnd = isBroken || !isValue ? endOfLine(text, at, to) : to;
    const end = isValue ? endOfValue(text, at, lineEnd) : undefined;
    if (isValue && end === undefined) isBroken = true;
    const next = Math.min(end ?? endOfLine(text, at, to), to);
    values.push(text.slice(at, next));
    at = next;
  }
  return values;
}

function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 || end > to ? to : end;
}

/** The items of a text that is one JSON list, each as its own text; undefined where it is none. */
export function itemsOfList(text: string, limit: number): string[] | undefined {
  const start = text.search(/\S/);
  if (start < 0 || text.charCodeAt(start) !== OPEN_LIST || !/^\[\s*[[{"\]]/.test(text.slice(start, start + 100)))
    return undefined;
  const end = endOfValue(text, start);
  if (end === undefined || text.slice(end).trim() !== "") return undefined;
  return splitJson(text, limit, start + 1, end - 1);
}
