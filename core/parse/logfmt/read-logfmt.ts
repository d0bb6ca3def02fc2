import { flatText } from "../../flat-text.ts";
import { ok, type Result, refuse } from "../../result.ts";

export type LogfmtRefusal = "not_logfmt" | "unexpected_quote" | "unterminated_quote" | "too_many_pairs";

/** Takes a key and its value; null where the key stands alone. */
export type PutPair = (key: string, value: string | null, isQuoted: boolean) => void;

/** Beyond this a line is more likely a payload dump than a log. */
export const MAX_PAIRS = 256;

const QUOTE = 34;
const EQUALS = 61;
const BACKSLASH = 92;

/**
 * Reads `level=info msg="user signed in" cached ms=12`, its pairs in order, repeated keys too; answers how many.
 *
 * The rules are Go's (kr/logfmt, go-logfmt): keys are any text without spaces, `=` and quotes; quoted values have JSON's
 * escapes; a quote anywhere else is a mistake. No check is made whether the line is meant to be logfmt.
 *
 * @param expected keys that the line may well have, in order: where it has, they are not cut out of it again
 */
export function readLogfmt(
  line: string,
  put: PutPair,
  expected: readonly string[] = [],
): Result<number, LogfmtRefusal> {
  let count = 0;
  let at = 0;
  for (;;) {
    while (line.charCodeAt(at) <= 32) at++;
    if (at >= line.length) return ok(count);
    if (count++ === MAX_PAIRS) return refuse("too_many_pairs", `more than ${MAX_PAIRS}`);
    const next = expected[count - 1];
    if (next !== undefined && standsAt(line, at, next)) {
      const end = putValue(put, next, line, at + next.length + 1);
      if (end < 0) return refusedValue(end, next);
      at = end;
      continue;
    }
    const keyEnd = endOfWord(line, at);
    if (keyEnd === at || line.charCodeAt(keyEnd) === QUOTE)
      return refuse("unexpected_quote", `at column ${keyEnd + 1}`);
    const key = flatText(line.slice(at, keyEnd));
    if (line.charCodeAt(keyEnd) === EQUALS) {
      const end = putValue(put, key, line, keyEnd + 1);
      if (end < 0) return refusedValue(end, key);
      at = end;
    } else {
      put(key, null, false);
      at = keyEnd;
    }
  }
}

const UNTERMINATED = -1;
const UNEXPECTED = -2;

const refusedValue = (end: number, key: string): Result<never, LogfmtRefusal> =>
  refuse(end === UNTERMINATED ? "unterminated_quote" : "unexpected_quote", `value of ${key}`);

/** Whether a key with its `=` stands at an index. */
function standsAt(line: string, at: number, key: string): boolean {
  if (line.charCodeAt(at + key.length) !== EQUALS) return false;
  for (let i = 0; i < key.length; i++) if (line.charCodeAt(at + i) !== key.charCodeAt(i)) return false;
  return true;
}

function putValue(put: PutPair, key: string, line: string, from: number): number {
  if (line.charCodeAt(from) !== QUOTE) {
    const end = endOfBare(line, from);
    if (line.charCodeAt(end) === QUOTE) return UNEXPECTED;
    put(key, line.slice(from, end), false);
    return end;
  }
  const end = endOfQuoted(line, from + 1);
  if (end === -1) return UNTERMINATED;
  const text = unquoted(line.slice(from, end + 1));
  if (text === undefined) return UNEXPECTED;
  put(key, text, true);
  return end + 1;
}

/** Up to a space, `=` or a quote. */
function endOfWord(line: string, from: number): number {
  let at = from;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code <= 32 || code === EQUALS || code === QUOTE) break;
  }
  return at;
}

/** As a word, but a value may hold `=`, as base64 and query strings do. */
function endOfBare(line: string, from: number): number {
  let at = from;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code <= 32 || code === QUOTE) break;
  }
  return at;
}

function endOfQuoted(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return -1;
}

function unquoted(text: string): string | undefined {
  if (!text.includes("\\")) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
