import { ok } from "../result.ts";
import { listItemsOf } from "./list-items.ts";
import { type Refused, StatementReader } from "./statement-reader.ts";
import { type Token, tokensOf } from "./tokens-of.ts";

export interface GuardedSql {
  /** The query as written, without EXPLAIN before it and semicolons after it; it may end with a comment. Safe as a sub-select. */
  query: string;
  /** Place of the query in the statement, in UTF-16 units from 0. */
  start: number;
  /** Whether it is the plan that is asked for, and not an answer. */
  isPlan: boolean;
  /** Tables that it reads, in small letters. */
  tables: string[];
  /** Of the longest list that it takes apart; undefined where that cannot be foreseen. */
  listItems: number | undefined;
}

/** D1 takes 100,000 bytes a statement; a UTF-16 unit takes 3 at most, and the views need some. */
export const MAX_SQL_CHARS = 25_000;

/**
 * Lets one reading statement through, over the tables allowed; everything that is not known to be harmless is refused.
 *
 * D1 runs every statement of a prepared string, and a limit around it does not stop a recursion: so a second statement and
 * a common table that names itself are refused here. How long a statement runs is for `plan-steps.ts` to foresee.
 *
 * @param tables that may be read, in small letters
 */
export function guardSql(sql: string, tables: ReadonlySet<string>): { ok: true; value: GuardedSql } | Refused {
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
  const { start } = tokens[queryAt]!;
  return ok({
    query: sql.slice(start, end < 0 ? undefined : read.value[end]!.start),
    start,
    isPlan: queryAt > 0,
    tables: [...reader.used].sort(),
    listItems: listItemsOf(tokens),
  });
}

const isSemicolon = ({ kind, text }: Token): boolean => kind === "sign" && text === ";";

const refusedAt = (reason: Refused["reason"], detail: string, start: number): Refused => ({
  ok: false,
  reason,
  detail: `column ${start + 1}: ${detail}`,
  column: start + 1,
});
