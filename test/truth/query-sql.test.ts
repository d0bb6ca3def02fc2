import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  asking,
  casesByRecord,
  question,
  SERVICE_ROWS,
  type Statement,
  seqsByPredicate,
  storing,
} from "../core/query/stored.ts";

// SQLite as Node carries it; test/core/query/sql-of.test.ts asks the same of D1, where a statement takes longer.
const db = new DatabaseSync(":memory:");
const MIGRATIONS = new URL("../../migrations/db/", import.meta.url);
for (const name of readdirSync(MIGRATIONS)
  .filter((each) => each.endsWith(".sql"))
  .sort())
  db.exec(readFileSync(new URL(name, MIGRATIONS), "utf8"));

const prepared = new Map<string, ReturnType<typeof db.prepare>>();
function run([sql, ...params]: Statement): number[] {
  const statement = prepared.get(sql) ?? db.prepare(sql);
  prepared.set(sql, statement);
  return statement.all(...params).map(({ seq }) => seq as number);
}
for (const statement of SERVICE_ROWS) run(statement);

/** Each over 10 records: 10,000 pairs of a filter and a record. */
const QUESTIONS = 1_000;

it("finds in SQLite what the predicate finds, for any filter and any records", () => {
  fc.assert(
    fc.property(question, ([stored, asked]) => {
      storing(stored).forEach(run);
      expect(run(asking(asked))).toEqual(seqsByPredicate(asked, stored));
    }),
    { numRuns: QUESTIONS },
  );
}, 120_000);

it("finds in SQLite what the table of cases says", () => {
  for (const { stored, asked } of casesByRecord()) {
    storing([stored]).forEach(run);
    const answers = asked.map(({ q, filter }) => ({ q, matches: run(asking(filter)).length === 1 }));
    expect(answers).toEqual(asked.map(({ q, matches }) => ({ q, matches })));
  }
});
