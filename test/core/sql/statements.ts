import * as fc from "fast-check";

const PIECES = `SELECT FROM JOIN WHERE IN AS WITH VALUES UNION ALL DISTINCT IS NOT EXISTS ORDER BY LIMIT USING ON
  secret "secret" [secret] 'secret' main. logs minutes x y ( ) ( ) , , . ; -- /* */ ' " [ ] 1 * = word a n json_each count
  load_extension EXPLAIN QUERY PLAN`.split(/\s+/);

/** Words of the language in any order. */
export const anyStatement = fc
  .array(fc.constantFrom(...PIECES, "\n"), { maxLength: 24 })
  .map((pieces) => pieces.join(" "));

const ALIASES = [" AS z", " z", ' "from"', " AS 'join'"];
const JOINS = [", ", " JOIN ", " LEFT JOIN ", " CROSS JOIN ", " NATURAL JOIN ", "/**/,--\n"];
const ONS = ["", " ON (1, 2) IN ((1, 2))", " ON 1 IS DISTINCT FROM 2"];
const CONDITIONS = ["1", "coalesce(1, 2)", "(1, 2) = (1, 2)", "1 IS NOT DISTINCT FROM 2", "'a''b;--' = \"1\""];

const around = (start: string, inner: fc.Arbitrary<string>, end = ""): fc.Arbitrary<string> =>
  inner.map((text) => start + text + end);
const joined = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(""));

/** Statements over the tables given, in every form in which a table can be named. */
export function statementOver(...tables: string[]): fc.Arbitrary<string> {
  const table = fc.constantFrom(...tables);
  const { query } = fc.letrec<{ query: string; source: string; condition: string }>((tie) => ({
    source: fc.oneof(
      { maxDepth: 3 },
      table,
      joined(table, fc.constantFrom(...ALIASES)),
      around("(", tie("query"), ")"),
      around("(", tie("source"), ")"),
      joined(tie("source"), fc.constantFrom(...JOINS), tie("source")),
      joined(tie("source"), fc.constant(" JOIN "), tie("source"), fc.constantFrom(...ONS)),
      fc.constant("json_each('[1]')"),
    ),
    condition: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...CONDITIONS),
      around("1 IN ", table),
      around("1 IN (", tie("query"), ")"),
      around("NOT EXISTS (", tie("query"), ")"),
      around("(", tie("query"), ")"),
    ),
    query: fc.oneof(
      { maxDepth: 3 },
      around("SELECT 1 FROM ", tie("source")),
      joined(fc.constant("SELECT count(1) FROM "), tie("source"), around(" WHERE ", tie("condition"))),
      joined(
        around("SELECT ", tie("condition")),
        around(" FROM ", tie("source")),
        around(" GROUP BY 1, 1 ORDER BY ", tie("condition"), ", 1"),
      ),
      joined(around("SELECT 1 FROM (", tie("query"), ") UNION ALL SELECT 1"), around(" FROM (", tie("query"), ")")),
      around("VALUES (", tie("condition"), ")"),
    ),
  }));
  const withCommon = joined(
    around('WITH "x y" AS (', query, ") SELECT 1 FROM "),
    fc.constant('"x y" AS xy, ('),
    query,
    fc.constant(")"),
  );
  return fc.oneof(query, withCommon);
}
