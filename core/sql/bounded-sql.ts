import type { GuardedSql } from "./guard-sql.ts";
import type { View } from "./view.ts";
import { VIEWS } from "./views/registry.ts";

/** What the views show. */
export interface ViewScope {
  /** Half-open, epoch milliseconds. */
  fromMs: number;
  toMs: number;
  /** Undefined: every service. */
  service: string | undefined;
}

export interface AnswerShape {
  columns: number;
  maxRows: number;
  maxBytes: number;
}

export interface BoundSql {
  sql: string;
  params: (string | number | null)[];
  /** UTF-16 units before the query. */
  queryAt: number;
}

/** Beyond this integers are no longer exact in JSON. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;
const MAX_REAL = "1.7976931348623157e308";

/** The query with nothing around it but its views: for its columns, which an empty answer tells too, and for its plan. */
export function plainSql({ query, tables }: GuardedSql, scope: ViewScope, kind: "columns" | "plan"): BoundSql {
  const { ctes, params } = viewsOf(tables, scope);
  const before = `${kind === "plan" ? "EXPLAIN QUERY PLAN " : ""}${withOf(ctes)}\nSELECT * FROM (\n`;
  // The line feed ends a comment that the query may end with.
  return { sql: `${before}${query}\n) LIMIT ${kind === "plan" ? -1 : 0}`, params, queryAt: before.length };
}

/**
 * The query with an end to what it answers: rows up to one more than `maxRows`, and of those the ones that begin within `maxBytes`.
 * So many more that a cut can be told: `weir_bytes` is what the cells of a row and of all before it take. `types` has the type
 * of each cell as a letter: i, r, t, b or n.
 *
 * The bytes are added up row by row while the query runs, so that an answer that is too large is never in memory as a whole.
 * JSON has no blobs, no infinity and no integers of 64 bits: they come as text.
 */
export function boundedSql({ query, tables }: GuardedSql, scope: ViewScope, answer: AnswerShape): BoundSql {
  const { ctes, params } = viewsOf(tables, scope);
  const names = Array.from({ length: answer.columns }, (_, at) => `c${at}`);
  const bytes = treeOf(
    names.map((name) => `ifnull(octet_length(${name}), 0)`),
    "+",
  );
  const before = `${withOf([...ctes, `"weir answer" (${names.join(", ")}) AS (SELECT * FROM (`])}\n`;
  const sql = `${before}${query}
) LIMIT ${answer.maxRows + 1}),
"weir counted" AS (SELECT *, ${bytes} AS weir_own, sum(${bytes}) OVER (ROWS UNBOUNDED PRECEDING) AS weir_bytes FROM "weir answer")
SELECT ${names.map((name) => `${cellSql(name)} AS ${name}`).join(",\n")},
${treeOf(
  names.map((name) => `substr(typeof(${name}), 1, 1)`),
  "||",
)} AS types, weir_bytes
FROM "weir counted" WHERE weir_bytes - weir_own <= ${answer.maxBytes}`;
  return { sql, params, queryAt: before.length };
}

const cellSql = (name: string): string =>
  `CASE typeof(${name}) WHEN 'blob' THEN hex(${name}) WHEN 'integer' THEN iif(${name} BETWEEN ${-MAX_EXACT} AND ${MAX_EXACT}, ${name}, CAST(${name} AS TEXT)) WHEN 'real' THEN iif(${name} BETWEEN -${MAX_REAL} AND ${MAX_REAL}, ${name}, iif(${name} > 0, 'Infinity', '-Infinity')) ELSE ${name} END`;

/** A balanced tree: D1 takes an expression 100 levels deep. */
function treeOf(terms: readonly string[], operator: "+" | "||"): string {
  if (terms.length === 1) return terms[0]!;
  const middle = terms.length >> 1;
  return `(${treeOf(terms.slice(0, middle), operator)} ${operator} ${treeOf(terms.slice(middle), operator)})`;
}

function viewsOf(tables: readonly string[], { fromMs, toMs, service }: ViewScope) {
  const views = VIEWS.filter(({ name }) => tables.includes(name));
  return {
    ctes: views.map(cteOf),
    // D1 refuses a parameter that the statement does not name.
    params: views.some(({ from }) => from.includes("?1")) ? [fromMs, toMs, service ?? null] : [],
  };
}

/** Not materialised: a table that is named twice would be copied as a whole first. */
const cteOf = ({ name, columns, from }: View): string =>
  `${name} AS NOT MATERIALIZED (SELECT ${columns.map((each) => `${each.sql} AS "${each.name}"`).join(", ")} ${from})`;

const withOf = (ctes: readonly string[]): string => (ctes.length === 0 ? "" : `WITH ${ctes.join(",\n")}`);
