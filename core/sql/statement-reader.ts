import { FORBIDDEN, FUNCTIONS, NOT_CALLED, TABLE_FUNCTIONS } from "./functions.ts";
import type { Token } from "./tokens-of.ts";

export type SqlRefusal =
  | "empty_statement"
  | "statement_too_long"
  | "unclosed"
  | "unknown_sign"
  | "second_statement"
  | "not_a_query"
  | "forbidden_word"
  | "unknown_table"
  | "unknown_function"
  | "recursive_query"
  | "nested_with"
  | "name_taken"
  | "parameter"
  | "parentheses"
  | "too_many_tables";

export interface Refused {
  ok: false;
  reason: SqlRefusal;
  /** `column 15: …` */
  detail: string;
  /** Place in the statement, in UTF-16 units from 1. */
  column: number;
}

/** Each table more multiplies what a join without a condition has to go through. */
export const MAX_TABLES = 12;
/** A condition on an attribute takes two, and how much they multiply is foreseen by the plan. */
export const MAX_LISTS = 60;

/** What is between two parentheses. */
interface Level {
  /** In a FROM clause a comma goes before a table. */
  isInFrom: boolean;
  /** The next name is that of a table. */
  expectsTable: boolean;
}

/** Words at which a FROM clause of the same level ends. */
const ENDS_FROM = new Set("select values where group having window order limit union intersect except".split(" "));

/**
 * Walks through the tokens of a statement and keeps the first thing that it may not have.
 *
 * It knows of the grammar only where tables, functions and common tables are named. What is not valid SQL beyond that is for the
 * database to say.
 */
export class StatementReader {
  refusal: Refused | undefined;
  /** Allowed tables that the statement names. */
  readonly used = new Set<string>();
  readonly #tokens: readonly Token[];
  readonly #allowed: ReadonlySet<string>;
  readonly #length: number;
  /** Common tables defined so far, and the one that is being defined. */
  readonly #common = new Set<string>();
  #defining: string | undefined;
  #tables = 0;
  #lists = 0;
  #at = 0;

  constructor(tokens: readonly Token[], allowed: ReadonlySet<string>, length: number) {
    this.#tokens = tokens;
    this.#allowed = allowed;
    this.#length = length;
  }

  /** Number of the token at which the query begins, after `EXPLAIN QUERY PLAN`. */
  read(): number {
    if (this.#tokens.length === 0) this.#refuse("empty_statement", "expected a statement");
    if (this.#takeWord("explain") && this.#takeWord("query") && !this.#takeWord("plan"))
      this.#refuse("not_a_query", "expected PLAN");
    const queryAt = this.#at;
    if (this.#takeWord("with")) this.#readCommonTables();
    this.#readQuery(false);
    return queryAt;
  }

  /** `a AS (…), b(x, y) AS MATERIALIZED (…)` */
  #readCommonTables(): undefined {
    do {
      if (this.#isWord("recursive")) this.#refuse("recursive_query", "RECURSIVE is not allowed");
      const name = this.#nameHere();
      if (name === undefined) return this.#refuse("not_a_query", "expected the name of a common table");
      if (this.#allowed.has(name) || this.#common.has(name)) return this.#refuse("name_taken", `'${name}' is taken`);
      this.#at++;
      if (this.#takeSign("(")) while (this.#token !== undefined && !this.#takeSign(")")) this.#at++;
      if (!this.#takeWord("as")) return this.#refuse("not_a_query", "expected AS");
      this.#takeWord("not");
      this.#takeWord("materialized");
      if (!this.#takeSign("(")) return this.#refuse("parentheses", "expected '('");
      this.#defining = name;
      this.#readQuery(true);
      this.#defining = undefined;
      this.#common.add(name);
    } while (this.#takeSign(",") && this.refusal === undefined);
  }

  /** Up to the end of the statement, or of the parentheses around it. */
  #readQuery(isInParentheses: boolean): undefined {
    if (this.#isWord("with")) return this.#refuse("nested_with", "WITH stands at the start of a statement only");
    if (!this.#isWord("select") && !this.#isWord("values"))
      return this.#refuse("not_a_query", "expected SELECT, WITH, VALUES or EXPLAIN QUERY PLAN");
    const levels: Level[] = [{ isInFrom: false, expectsTable: false }];
    while (this.refusal === undefined) {
      const token = this.#token;
      const level = levels[levels.length - 1]!;
      if (token === undefined) {
        if (isInParentheses || levels.length > 1) this.#refuse("parentheses", "expected ')'");
        return;
      }
      if (this.#isSign("(")) levels.push(this.#levelInside(level));
      else if (this.#isSign(")")) levels.pop();
      else this.#readToken(token, level);
      if (levels.length === 0 && !isInParentheses)
        return this.#refuse("parentheses", "this parenthesis closes nothing");
      this.#at++;
      if (levels.length === 0) return;
    }
  }

  /** Where a table is expected, parentheses hold a query or tables that are joined. */
  #levelInside(level: Level): Level {
    const next = this.#tokens[this.#at + 1];
    const isQuery = next?.kind === "word" && /^(?:select|values|with)$/i.test(next.text);
    const isJoin = level.expectsTable && !isQuery;
    level.expectsTable = false;
    return { isInFrom: isJoin, expectsTable: isJoin };
  }

  #readToken({ kind, text }: Token, level: Level): undefined {
    if (kind === "parameter") return this.#refuse("parameter", "expected a value: there are no parameters");
    if (kind === "sign" && text === "," && level.isInFrom) level.expectsTable = true;
    if (kind === "sign" || kind === "number") return;
    if (level.expectsTable) {
      level.expectsTable = false;
      return this.#readTable(text.toLowerCase());
    }
    if (kind === "word") this.#readWord(text.toLowerCase(), level);
    else if (kind === "name" && this.#isSign("(", 1)) this.#readCall(text.toLowerCase());
  }

  #readWord(word: string, level: Level): undefined {
    if (word === "with") return this.#refuse("nested_with", "WITH stands at the start of a statement only");
    if (FORBIDDEN.has(word) && !this.#isSign(".", -1))
      return this.#refuse("forbidden_word", `${word.toUpperCase()} is not allowed (quotes make it a name)`);
    if (word === "join" || (word === "from" && !this.#isComparison())) {
      level.isInFrom = true;
      level.expectsTable = true;
    } else if (ENDS_FROM.has(word)) level.isInFrom = false;
    // `x IN name` reads the table of that name.
    else if (word === "in") level.expectsTable = !this.#isSign("(", 1);
    else if (this.#isSign("(", 1) && !NOT_CALLED.has(word)) this.#readCall(word);
  }

  /** `IS DISTINCT FROM`, `IS NOT DISTINCT FROM` */
  #isComparison(): boolean {
    return this.#isWord("distinct", -1) && (this.#isWord("is", -2) || this.#isWord("not", -2));
  }

  #readTable(name: string): undefined {
    if (this.#isSign(".", 1)) return this.#refuse("unknown_table", "expected a table without the name of a database");
    if (this.#isSign("(", 1)) {
      if (!TABLE_FUNCTIONS.has(name))
        return this.#refuse("unknown_function", `'${name}' is not one of ${[...TABLE_FUNCTIONS].join(", ")}`);
      if (++this.#lists > MAX_LISTS) this.#refuse("too_many_tables", `at most ${MAX_LISTS} lists`);
      return;
    }
    if (++this.#tables > MAX_TABLES) return this.#refuse("too_many_tables", `at most ${MAX_TABLES} tables`);
    if (name === this.#defining) this.#refuse("recursive_query", `'${name}' reads itself`);
    else if (this.#common.has(name)) return;
    else if (this.#allowed.has(name)) this.used.add(name);
    else this.#refuse("unknown_table", `'${name}' is not one of ${[...this.#allowed].join(", ")}`);
  }

  #readCall(name: string): undefined {
    if (!FUNCTIONS.has(name)) this.#refuse("unknown_function", `'${name}' is not a function that may be called`);
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** Also a string names a table, where one is expected. */
  #nameHere(): string | undefined {
    const token = this.#token;
    return token && /^(?:word|name|string)$/.test(token.kind) ? token.text.toLowerCase() : undefined;
  }

  #isWord(word: string, offset = 0): boolean {
    const token = this.#tokens[this.#at + offset];
    return token?.kind === "word" && token.text.toLowerCase() === word;
  }

  #isSign(sign: string, offset = 0): boolean {
    const token = this.#tokens[this.#at + offset];
    return token?.kind === "sign" && token.text === sign;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at++;
    return true;
  }

  #takeSign(sign: string): boolean {
    if (!this.#isSign(sign)) return false;
    this.#at++;
    return true;
  }

  #refuse(reason: SqlRefusal, detail: string): undefined {
    const column = (this.#token?.start ?? this.#length) + 1;
    this.refusal ??= { ok: false, reason, detail: `column ${column}: ${detail}`, column };
  }
}
