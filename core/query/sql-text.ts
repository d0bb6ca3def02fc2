import type { Pattern } from "./filter.ts";

/** Gives a value its place among the statement's parameters: `?7`. Equal values share one. */
export type Bind = (value: string | number) => string;

/** D1 refuses a longer pattern of LIKE, counted in bytes. */
const MAX_LIKE_BYTES = 50;

/** LIKE, NOCASE and lower() all fold ASCII letters only, as text-test.ts does. */
const foldAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const likePiece = (piece: string): string => piece.replace(/[\\%_]/g, "\\$&");

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Code points, as SQLite counts the characters of a text. */
const charsOf = (text: string): number => [...text].length;

/** The condition that `expr` (text or NULL) is the pattern from its start to its end. */
export function equalsSql(expr: string, pattern: Pattern, bind: Bind): string {
  if (pattern.length === 1) return `${expr} = ${bind(pattern[0]!)} COLLATE NOCASE`;
  return likeSql(expr, likePattern(pattern), bind) ?? longEqualsSql(expr, pattern, bind);
}

/** The condition that the pattern stands somewhere in `expr` (text or NULL). */
export function containsSql(expr: string, pattern: Pattern, bind: Bind): string {
  const like = likeSql(expr, `%${likePattern(pattern)}%`, bind);
  if (like !== undefined) return like;
  if (pattern.length === 1) return `instr(lower(${expr}), ${bind(foldAscii(pattern[0]!))}) > 0`;
  return `(SELECT x IS NOT NULL FROM ${afterPiecesSql(`SELECT lower(${expr}) AS x`, pattern, bind)})`;
}

/** A pattern of LIKE for what stands between its gaps. */
export const likePattern = (pieces: Pattern): string => pieces.map(likePiece).join("%");

/** Undefined where the pattern is too long; LIKE is twice as fast as instr(lower()), which copies the text. */
export function likeSql(expr: string, like: string, bind: Bind): string | undefined {
  if (bytesOf(like) > MAX_LIKE_BYTES) return undefined;
  return `${expr} LIKE ${bind(like)}${like.includes("\\") ? " ESCAPE '\\'" : ""}`;
}

function longEqualsSql(expr: string, pattern: Pattern, bind: Bind): string {
  const [head, tail] = [pattern[0]!, pattern[pattern.length - 1]!];
  const between = pattern.slice(1, -1);
  const conditions: string[] = [];
  if (head !== "") conditions.push(`substr(${expr}, 1, ${charsOf(head)}) = ${bind(head)} COLLATE NOCASE`);
  const afterHead = `SELECT substr(lower(${expr}), ${charsOf(head) + 1}) AS x`;
  const endsWell = tail === "" ? "x IS NOT NULL" : `substr(x, ${-charsOf(tail)}) = ${bind(foldAscii(tail))}`;
  conditions.push(`(SELECT ${endsWell} FROM ${afterPiecesSql(afterHead, between, bind)})`);
  return `(${conditions.join(" AND ")})`;
}

/**
 * What is left of the text `x` after each piece was found as early as possible; NULL once one is not found. DISTINCT keeps the
 * database from putting a select into the one around it, where `x` stands twice: it would be worked out 2^pieces times.
 */
function afterPiecesSql(select: string, pieces: Pattern, bind: Bind): string {
  return pieces.reduce((sql, piece) => {
    const folded = foldAscii(piece);
    return `(SELECT DISTINCT substr(x, nullif(instr(x, ${bind(folded)}), 0) + ${charsOf(folded)}) AS x FROM ${sql})`;
  }, `(${select})`);
}
