/** What a piece of a statement is, for its colour. */
export type Kind = "keyword" | "function" | "string" | "number" | "comment" | "sign" | "name" | "space";

export interface Piece {
  kind: Kind;
  text: string;
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  `all and as asc between by case cast collate cross desc distinct else end escape except exists explain from full glob group having
  in inner intersect is isnull join left like limit match natural not notnull null nulls first last offset on or order outer over
  partition query plan right row rows select then union using values when where window with recursive true false filter`.split(
    /\s+/,
  ),
);

// In this order: a comment or a string may hold anything. Unfinished ones go to the end, as they are read while one types.
const PIECE =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*'?)|(?<name>"(?:[^"]|"")*"?|`[^`]*`?|\[[^\]]*\]?)|(?<number>\d[\w.]*)|(?<word>[A-Za-z_][\w$]*)|(?<space>\s+)|(?<sign>.)/gsu;

/** Cuts a statement into pieces that together are the statement, whatever it is. A reading aid: the server's own reader decides. */
export function piecesOf(sql: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of sql.matchAll(PIECE)) {
    const text = match[0];
    const [kind] = Object.entries(match.groups!).find(([, found]) => found !== undefined) as [string, string];
    pieces.push({ kind: kind === "word" ? kindOfWord(text, sql, match.index + text.length) : (kind as Kind), text });
  }
  return pieces;
}

function kindOfWord(word: string, sql: string, end: number): Kind {
  if (KEYWORDS.has(word.toLowerCase())) return "keyword";
  return /^\s*\(/.test(sql.slice(end, end + 20)) ? "function" : "name";
}
