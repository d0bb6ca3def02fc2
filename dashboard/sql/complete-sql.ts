import type { SqlSchema } from "../api/answers.ts";
import { KEYWORDS, piecesOf } from "./highlight.ts";

export interface SqlChoice {
  text: string;
  about: string;
}

export interface SqlCompletion {
  /** What a choice takes the place of: from here up to the cursor. */
  from: number;
  choices: SqlChoice[];
}

const SHOWN = 10;
const WORD = /[A-Za-z_][\w$]*$/;
/** After these words a table follows. */
const BEFORE_TABLE = /\b(?:from|join)\s+$/i;

/**
 * What can follow at a cursor: tables after FROM and JOIN, else columns of the tables that the statement names, functions
 * and keywords. Nothing inside a string or a comment, and nothing before a word is begun, but for tables.
 */
export function completeSql(sql: string, cursor: number, schema: SqlSchema): SqlCompletion | undefined {
  const before = sql.slice(0, cursor);
  const last = piecesOf(before).at(-1);
  if (last?.kind === "string" || last?.kind === "comment") return undefined;
  const typed = WORD.exec(before)?.[0] ?? "";
  const from = cursor - typed.length;
  const head = before.slice(0, from);
  const choices = choicesAt(head, typed, sql, schema);
  const asked = typed.toLowerCase();
  const found = choices.filter(({ text }) => text.toLowerCase().includes(asked) && text.toLowerCase() !== asked);
  const begins = ({ text }: SqlChoice) => (text.toLowerCase().startsWith(asked) ? 0 : 1);
  const shown = found.toSorted((a, b) => begins(a) - begins(b)).slice(0, SHOWN);
  return shown.length === 0 ? undefined : { from, choices: shown };
}

function choicesAt(head: string, typed: string, sql: string, schema: SqlSchema): SqlChoice[] {
  if (BEFORE_TABLE.test(head)) return schema.tables.map(({ name, about }) => ({ text: name, about }));
  const isQualified = head.endsWith(".");
  if (typed === "" && !isQualified) return [];
  const named = schema.tables.filter(({ name }) => new RegExp(`\\b${name}\\b`, "i").test(sql));
  const columns = (named.length > 0 ? named : schema.tables).flatMap((table) =>
    table.columns.map(({ name, about }) => ({ text: name, about })),
  );
  const unique = [...new Map(columns.map((choice) => [choice.text, choice])).values()];
  if (isQualified) return unique;
  return [
    ...unique,
    ...schema.functions.map((name) => ({ text: `${name}(`, about: "" })),
    ...[...KEYWORDS].map((word) => ({ text: word.toUpperCase(), about: "" })),
  ];
}
