import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Filter } from "../../../core/query/filter.ts";
import { MAX_FILTER_CHARS, MAX_FILTER_DEPTH, MAX_FILTER_TERMS, parseFilter } from "../../../core/query/parse-filter.ts";
import { MAX_FILTER_PARAMS, sqlOf } from "../../../core/query/sql-of.ts";
import { disagreement, manyQuestions } from "./agreement.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { asking, casesByRecord, SERVICE_ROWS, type Statement, storing } from "./stored.ts";

const { DB } = env as unknown as { DB: D1Database };
const prepare = ([sql, ...params]: Statement) => DB.prepare(sql).bind(...params);

async function runAll(statements: readonly Statement[]): Promise<number[][]> {
  const results = await DB.batch<{ seq: number }>(statements.map(prepare));
  return results.map(({ results: rows }) => rows.map(({ seq }) => seq));
}

/** Stores, then asks each filter; the seqs that each finds. */
async function seqsOf(stored: Parameters<typeof storing>[0], asked: readonly Filter[]): Promise<number[][]> {
  const putting = storing(stored);
  return (await runAll([...putting, ...asked.map(asking)])).slice(putting.length);
}

const filterOf = (q: string): Filter => {
  const parsed = parseFilter(q);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.value;
};

beforeAll(async () => {
  await DB.batch(SERVICE_ROWS.map(prepare));
});

describe("sqlOf on D1", () => {
  it("finds what the table of cases says", async () => {
    for (const { stored, asked } of casesByRecord()) {
      const found = await seqsOf(
        [stored],
        asked.map(({ filter }) => filter),
      );
      const answers = asked.map(({ q }, index) => ({ q, matches: found[index]!.length === 1 }));
      expect(answers).toEqual(asked.map(({ q, matches }) => ({ q, matches })));
    }
  }, 60_000);

  // `npm run bench -- agree` asks 10,000.
  it("finds what the predicate and the scan of a segment find, for 1,000 filters over any records", async () => {
    await fc.assert(
      fc.asyncProperty(manyQuestions, async ([stored, asked]) => {
        expect(await disagreement(stored, asked, runAll)).toBeUndefined();
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});

describe("sqlOf at the limits of D1", () => {
  const nested = (depth: number, inner: string) => `${"(a OR -(b ".repeat(depth / 2)}${inner}${"))".repeat(depth / 2)}`;
  const repeated = (count: number, term: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => term(index)).join(" ");
  it.each([
    ["the deepest nesting", nested(MAX_FILTER_DEPTH, `attrs.a.b.c:*${"x".repeat(60)}*y*z`)],
    ["the most conditions", repeated(MAX_FILTER_TERMS, () => "has:a.b.c.d.e.f.g.h")],
    ["the most different words", repeated(MAX_FILTER_PARAMS, (index) => `w${index}`)],
    [
      "alternatives as many as there may be",
      repeated(MAX_FILTER_PARAMS, (index) => `path:/${index}*`).replaceAll(" ", " OR "),
    ],
    ["the longest text", "€".repeat(MAX_FILTER_CHARS)],
    ["the longest glob", `message:*${"€".repeat(500)}*a*b*c*d*e*f*${"€".repeat(500)}`],
    ["a pattern of LIKE one byte too long", `message:${"a".repeat(49)}*b`],
    ["a pattern of LIKE as long as may be", `message:${"a".repeat(48)}*b`],
    ["many networks", repeated(26, (index) => `-ip:10.${index}.16.0/20 -ip:2001:db8:${index}::/48`)],
  ])("runs %s", async (_name, q) => {
    const [found] = await seqsOf([], [filterOf(q)]);
    expect(found).toEqual([]);
  });

  it("works each piece of a pattern out once", async () => {
    const callsOf = async (gaps: number) => {
      const q = `message:${Array.from({ length: gaps + 1 }, (_, at) => `piece-${at}-${"x".repeat(10)}`).join("*")}`;
      const [sql, ...params] = asking(filterOf(q));
      const { results } = await DB.prepare(`EXPLAIN ${sql}`)
        .bind(...params)
        .all<{ opcode: string }>();
      return results.filter(({ opcode }) => opcode.endsWith("Function")).length;
    };
    expect(await callsOf(8)).toBeLessThan(3 * (await callsOf(4)));
  });

  it("refuses more different values than a statement takes", () => {
    const filter = filterOf(repeated(MAX_FILTER_PARAMS + 1, (index) => `w${index}`));
    expect(sqlOf(filter, NOW_MS, 1)).toEqual({
      ok: false,
      reason: "filter_too_large",
      detail: `the filter has ${MAX_FILTER_PARAMS + 1} different values, the database takes ${MAX_FILTER_PARAMS}`,
    });
  });

  it("counts a value once, however often it is asked for", () => {
    const sql = sqlOf(filterOf('user:ann path:ann -"ann" method:ann'), NOW_MS, 5);
    expect(sql).toMatchObject({ ok: true, value: { params: ["ann", "%ann%"] } });
    expect(sql.ok && sql.value.where).toContain("?6");
    expect(sql.ok && sql.value.where).not.toContain("?7");
  });
});
