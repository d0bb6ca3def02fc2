import { ok } from "../result.ts";
import { type Refused, StatementReader } from "./statement-reader.ts";
import { type Token, tokensOf } from "./tokens-of.ts";

export interface GuardedSql {
  /** What may be run: the statement as a sub-select with a limit of one row more than asked for, so that a cut can be told. */
  sql: string;
  /** Whether the rows are a plan and not an answer. */
  isPlan: boolean;
  /** Tables and views that it reads, in small letters. */
  tables: string[];
}

export interface SqlRules {
  /** Tables and views that may be read, in small letters. */
  tables: ReadonlySet<string>;
  maxRows: number;
}

/** D1 takes 100,000 bytes a statement, and a UTF-16 unit takes 3 at most. */
export const MAX_SQL_CHARS = 30_000;

/**
 * Lets one reading statement through, over the tables allowed; everything that is not known to be harmless is refused.
 *
 * D1 runs every statement of a prepared string, and a limit around it does not stop a recursion: so a second statement and
 * a common table that names itself are refused here. How long a statement runs is the caller's to bound.
 */
export function guardSql(sql: string, { tables, maxRows }: SqlRules): { ok: true; value: GuardedSql } | Refused {
  if (sql.length > MAX_SQL_CHARS)
    return refusedAt("statement_too_long", `at most ${MAX_SQL_CHARS} characters`, MAX_SQL_CHARS);
  const read = tokensOf(sql);
  if (!read.ok) return read;
  const end = read.value.findIndex(isSemicolon);
  const tokens = end < 0 ? read.value : read.value.slice(0, end);
  const next = end < 0 ? undefined : read.value.slice(end).find((token) => !isSemicolon(token));
  if (next) return refusedAt("second_statement", "one statement at a time", next.start);

  const reader = new StatementReader(tokens, tables, sql.length);
  const queryAt = reader.read();
  if (reader.refusal) return reader.refusal;
  const query = sql.slice(tokens[queryAt]!.start, end < 0 ? undefined : read.value[end]!.start);
  const explain = tokens
    .slice(0, queryAt)
    .map(({ text }) => `${text} `)
    .join("");
  return ok({
    // The line feed ends a comment that the query ends with.
    sql: `${explain}SELECT * FROM (\n${query}\n) LIMIT ${maxRows + 1}`,
    isPlan: queryAt > 0,
    tables: [...reader.used].sort(),
  });
}

const isSemicolon = ({ kind, text }: Token): boolean => kind === "sign" && text === ";";

const refusedAt = (reason: Refused["reason"], detail: string, start: number): Refused => ({
  ok: false,
  reason,
  detail: `column ${start + 1}: ${detail}`,
  column: start + 1,
});
