import { ok } from "../result.ts";

export type TokenKind = "word" | "name" | "string" | "number" | "sign" | "parameter";

/** A token of SQLite. White space and comments are none. */
export interface Token {
  kind: TokenKind;
  /** Words, names and strings as they are meant (`[a b]` is `a b`), the rest as written. */
  text: string;
  /** Place in the statement, in UTF-16 units from 0. */
  start: number;
}

export type TokensResult =
  | { ok: true; value: Token[] }
  | { ok: false; reason: "unclosed" | "unknown_sign"; detail: string; column: number };

// SQLite takes every character beyond ASCII as part of a name, a non-breaking space too. Source: sqlite3 tokenize.c, CC_KYWD.
const WORD = /[A-Za-z_\u0080-\ufefe\uff00-\uffff][A-Za-z0-9_$\u0080-\ufefe\uff00-\uffff]*/y;
const SPACE = /[ \t\n\f\r]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const NUMBER = /(?:0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)/y;
const PARAMETER = /[?:@$#][A-Za-z0-9_$:\u0080-\uffff]*/y;
const SIGN = /[-+*/%&|~<>=!,.();]/y;

const CLOSING: Record<string, string> = { "'": "'", '"': '"', "`": "`", "[": "]" };

/** Takes a statement apart as SQLite does. */
export function tokensOf(sql: string): TokensResult {
  // The database ends a statement there, whatever follows.
  const nul = sql.indexOf("\0");
  if (nul >= 0) return problem("unknown_sign", "a NUL character", nul);
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
  while (at < sql.length) {
    const start = at;
    const skipped = match(SPACE) ?? match(LINE_COMMENT);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    if (sql.startsWith("/*", at)) {
      const end = sql.indexOf("*/", at + 2);
      if (end < 0) return problem("unclosed", "a comment is not closed", start);
      at = end + 2;
      continue;
    }
    const close = CLOSING[sql[at]!];
    if (close !== undefined) {
      const quoted = quotedAt(sql, at, close);
      if (quoted === undefined) return problem("unclosed", `${sql[at]} is not closed`, start);
      tokens.push({ kind: close === "'" ? "string" : "name", text: quoted.text, start });
      at = quoted.end;
      continue;
    }
    const token = tokenAt(match, start);
    if (token === undefined) return problem("unknown_sign", "this character has no meaning here", start);
    tokens.push(token);
    at += token.text.length;
  }
  return ok(tokens);
}

function tokenAt(match: (pattern: RegExp) => string | undefined, start: number): Token | undefined {
  for (const [kind, pattern] of KINDS) {
    const text = match(pattern);
    if (text !== undefined) return { kind, text, start };
  }
  return undefined;
}

/** In this order: `.5` is a number, `.` a sign. */
const KINDS: [TokenKind, RegExp][] = [
  ["word", WORD],
  ["number", NUMBER],
  ["parameter", PARAMETER],
  ["sign", SIGN],
];

/** The text between two quotes, where a doubled quote is one; a bracket is not doubled. */
function quotedAt(sql: string, start: number, close: string): { text: string; end: number } | undefined {
  let text = "";
  for (let from = start + 1; ; ) {
    const end = sql.indexOf(close, from);
    if (end < 0) return undefined;
    text += sql.slice(from, end);
    if (close === "]" || sql[end + 1] !== close) return { text, end: end + 1 };
    text += close;
    from = end + 2;
  }
}

function problem(reason: "unclosed" | "unknown_sign", detail: string, start: number): TokensResult {
  return { ok: false, reason, detail: `column ${start + 1}: ${detail}`, column: start + 1 };
}
