import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { disagreement, FILTERS, manyQuestions } from "../test/core/query/agreement.ts";
import { SERVICE_ROWS, type Statement } from "../test/core/query/stored.ts";
import type { Figures } from "./figure.ts";
import type { BenchOptions } from "./options.ts";

/** What does not agree is made as small as it gets in this time. */
const LONGEST_MS = 600_000;
/** Runs what it is sent in one transaction. */
const SCRIPT = `export default { async fetch(request, { DB }) {
  const statements = await request.json();
  const results = await DB.batch(statements.map(([sql, ...params]) => DB.prepare(sql).bind(...params)));
  return Response.json(results.map(({ results }) => results.map(({ seq }) => seq)));
} }`;
const MIGRATIONS = new URL("../migrations/db/", import.meta.url);

/**
 * Random filters over random records: D1, the predicate and the scan of a segment have to find the same. What they do not agree on is
 * made as small as it can be, and is an error.
 *
 * `--filters 10000 --seed 1`
 */
export async function agree(figures: Figures, options: BenchOptions): Promise<void> {
  const runs = Math.ceil(Number(options.filters ?? 10_000) / FILTERS);
  const seed = Number(options.seed ?? Math.trunc(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  const worker = { name: "agree", modules: true, script: SCRIPT, d1Databases: { DB: "agree" } };
  const miniflare = new Miniflare(convertV4MiniflareOptions({ workers: [worker] }));
  const runAll = async (statements: readonly Statement[]): Promise<number[][]> => {
    const response = await miniflare.dispatchFetch("http://agree", {
      method: "POST",
      body: JSON.stringify(statements),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text) as number[][];
  };
  try {
    const files = readdirSync(MIGRATIONS)
      .filter((name) => name.endsWith(".sql"))
      .sort();
    const tables = files.flatMap((name) =>
      readFileSync(new URL(name, MIGRATIONS), "utf8").split("--> statement-breakpoint"),
    );
    await runAll(tables.map((sql): Statement => [sql]));
    await runAll(SERVICE_ROWS);
    const startMs = performance.now();
    let records = 0;
    let found = 0;
    await fc.assert(
      fc.asyncProperty(manyQuestions, async ([stored, asked]) => {
        const differs = await disagreement(stored, asked, runAll);
        if (differs) {
          // Said at once: to make it smaller may take long.
          console.log(JSON.stringify(differs));
          throw new Error("they do not agree");
        }
        records += stored.length * asked.length;
        found++;
      }),
      { numRuns: runs, seed, interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: true },
    );
    figures.add("filters on which D1, predicate and segment scan agree", [found * FILTERS], "filters");
    figures.add("records looked at", [records], "records");
    figures.add("took", [(performance.now() - startMs) / 1_000], "s");
  } finally {
    await miniflare.dispose();
  }
}
