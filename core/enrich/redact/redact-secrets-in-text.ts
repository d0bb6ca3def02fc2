import { isSecretName } from "./is-secret-name.ts";

export const REDACTED = "[redacted]";

const COLON = 58;
const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const SPACE = 32;
const OPEN_BRACKET = 91;
const SLASH = 47;

/** The shortest that can hold a secret: `pin=1`, `//:a@`. */
const MIN_CHARS = 5;

interface Span {
  start: number;
  end: number;
  /** A number or word of JSON: what stands for it has quotes, so that the text stays JSON. */
  isBareJson?: boolean;
}

/**
 * A text with the values of secret names redacted: `token=x`, `password: x`, `"api_key":"x"`, `Authorization: Bearer x`,
 * `https://user:password@host`. The same text where there is none.
 *
 * Looks closer only around `=` and `:`, so that an ordinary line costs a search for two letters. Linear.
 */
export function redactSecretsInText(text: string): string {
  if (text.length < MIN_CHARS) return text;
  let equals = text.indexOf("=");
  let colon = text.indexOf(":");
  let out = "";
  let from = 0;
  while (equals >= 0 || colon >= 0) {
    const isColon = equals < 0 || (colon >= 0 && colon < equals);
    const at = isColon ? colon : equals;
    const span = at < from ? undefined : secretAfter(text, at, isColon);
    if (span !== undefined) {
      out += text.slice(from, span.start) + (span.isBareJson ? `"${REDACTED}"` : REDACTED);
      from = span.end;
    }
    if (isColon) colon = text.indexOf(":", at + 1);
    else equals = text.indexOf("=", at + 1);
  }
  return from === 0 ? text : out + text.slice(from);
}

function secretAfter(text: string, sign: number, isColon: boolean): Span | undefined {
  if (isColon && text.charCodeAt(sign + 1) === SLASH && text.charCodeAt(sign + 2) === SLASH) {
    return passwordInAddress(text, sign + 3);
  }
  const end = endOfName(text, sign);
  const start = startOfName(text, end);
  if (end - start < MIN_NAME) return undefined;
  const name = text.slice(start, end);
  if (!isSecretName(name) && !(name === "key" && isParameter(text, start))) return undefined;
  const value = valueAfter(text, sign + 1, name);
  if (value === undefined || (/token$/i.test(name) && isNumber(text, value))) return undefined;
  if (!value.isBareJson || text.slice(end, sign).includes('"')) return value;
  return isColon && !looksSecret(text, value, name) ? undefined : { ...value, isBareJson: false };
}

const MIN_NAME = 3;
const MAX_NAME = 64;

/** Whether a name is that of a parameter in an address. */
const isParameter = (text: string, start: number): boolean => text[start - 1] === "?" || text[start - 1] === "&";

function endOfName(text: string, sign: number): number {
  let end = sign;
  while (end > 0 && isAround(text.charCodeAt(end - 1))) end--;
  return end;
}

function startOfName(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start <= MAX_NAME && isNameLetter(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Quotes (escaped ones too, in JSON within JSON) and the blank before a colon. */
const isAround = (code: number): boolean =>
  code === QUOTE || code === APOSTROPHE || code === BACKSLASH || code === SPACE;

const isNameLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45;

/** The scheme of an Authorization header stays readable; what follows it is the secret. */
const SCHEME = /(?:Bearer|Basic|Digest|Token|ApiKey|Splunk)\s+/iy;

function valueAfter(text: string, from: number, name: string): Span | undefined {
  let start = from;
  while (text.charCodeAt(start) === SPACE) start++;
  if (text.startsWith(REDACTED, start)) return undefined;
  while (text.charCodeAt(start) === OPEN_BRACKET) start++;
  const isEscaped = text.charCodeAt(start) === BACKSLASH;
  while (text.charCodeAt(start) === BACKSLASH) start++;
  const quote = text.charCodeAt(start);
  if (quote === QUOTE || quote === APOSTROPHE) {
    return spanOf(text, afterScheme(text, start + 1), endOfQuoted(text, start + 1, quote, isEscaped));
  }
  const value = afterScheme(text, start);
  const end = /cookie/i.test(name) ? endOfLine(text, value) : endOfWord(text, value);
  const span = spanOf(text, value, end);
  return span && value === start ? { ...span, isBareJson: true } : span;
}

function spanOf(text: string, start: number, end: number): Span | undefined {
  return end > start && !text.startsWith(REDACTED, start) && !isPlainWord(text.slice(start, end))
    ? { start, end }
    : undefined;
}

/** What no secret is: the words of types and of absence. */
const isPlainWord = (value: string): boolean => /^(?:null|nil|none|true|false|undefined|-|[{[\]}]+|\*+)$/i.test(value);

const isNumber = (text: string, { start, end }: Span): boolean => /^[\d.]+$/.test(text.slice(start, end));

/** In prose (`invalid token: expired`) a word after a colon is a word, unless passwords are spoken of. */
const looksSecret = (text: string, { start, end }: Span, name: string): boolean =>
  /pass|pwd/i.test(name) || /\d|[^a-z.]/i.test(text.slice(start, end)) || end - start > 15;

function afterScheme(text: string, at: number): number {
  SCHEME.lastIndex = at;
  return SCHEME.test(text) ? SCHEME.lastIndex : at;
}

/** @param isEscaped the quotes themselves are escaped, as in JSON within JSON */
function endOfQuoted(text: string, from: number, quote: number, isEscaped: boolean): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i;
    if (code !== BACKSLASH) continue;
    if (isEscaped && text.charCodeAt(i + 1) === quote) return i;
    i++;
  }
  return text.length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** What ends a value in a query string, a logfmt line, a JSON text or prose. */
const ENDS_WORD = new Set([..."&;,\"'}])#"].map((letter) => letter.charCodeAt(0)));

function endOfWord(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= SPACE || ENDS_WORD.has(code)) return i;
  }
  return text.length;
}

/** `user:password@` between the slashes and the end of an authority. */
function passwordInAddress(text: string, from: number): Span | undefined {
  let colon = -1;
  for (let i = from; i < text.length && i < from + 256; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON && colon < 0) colon = i;
    else if (code === 64) return colon < 0 ? undefined : spanOf(text, colon + 1, i);
    else if (code === 47 || code === 63 || code <= SPACE || code === QUOTE) return undefined;
  }
  return undefined;
}
