import { describe, expect, it } from "vitest";
import { disagreements, reachedBy } from "../../bench/peers/measures.ts";
import { ratioTables } from "../../bench/peers/ratio-table.ts";

const FIGURES = [
  { peer: "weir", metric: "ingest_e2e", value: 50_000, unit: "lines/s", load1: 1.2 },
  { peer: "weir", metric: "q4_search_count", value: 40, unit: "ms", load1: 1.9, rows: 434 },
  { peer: "rsyslog-8", metric: "ingest_e2e (TCP -> file; not parsed, no UA)", value: 500_000, unit: "lines/s" },
  { peer: "rsyslog-8", metric: "ingest_e2e_server_cpu", value: 1.4, unit: "us CPU/line" },
  { peer: "rsyslog-8", metric: "grep/awk q4_search_count", value: 1_200, unit: "ms", rows: 435 },
  { peer: "duckdb", metric: "ingest_e2e_mem_peak", value: 520, unit: "MiB RSS" },
  { peer: "duckdb", metric: "parquet_q4_search_count", value: 30, unit: "ms", rows: 9 },
  { peer: "duckdb", metric: "q4_search_count", value: 20, unit: "ms", rows: 434 },
  { peer: "loki", metric: "skipped", value: null },
];

const REACHED = reachedBy(FIGURES);

describe("reachedBy", () => {
  it("takes each measure by its own name, and leaves out who measured nothing", () => {
    expect(REACHED).toEqual([
      { peer: "weir", figures: { ingest: 50_000, count: 40 }, rows: { count: 434 }, load1: 1.9 },
      { peer: "rsyslog-8", figures: { ingest: 500_000, count: 1_200 }, rows: { count: 435 }, load1: 0 },
      { peer: "duckdb", figures: { memory: 520, count: 20 }, rows: { count: 434 }, load1: 0 },
    ]);
  });
});

describe("disagreements", () => {
  it("names who found something else than the first", () => {
    expect(disagreements(REACHED)).toEqual(["count of a word: rsyslog-8 found 435, weir 434"]);
  });
});

describe("ratioTables", () => {
  const text = ratioTables(REACHED, [{ peer: "loki", why: "set LOKI_BIN" }]);
  const [taking, answering] = text.split("\n\n").map((table) => table.split("\n"));

  it("says how many times better, where more is better and where less is", () => {
    expect(taking![2]).toBe("| weir | 50,000 | – | – | – | 1.9 |");
    expect(taking![3]).toContain("| 500,000 (10×) |");
    expect(answering![3]).toContain("| 1,200 (0.033×) |");
    expect(answering![4]).toContain("| 20 (2×) |");
  });

  it("has as many cells in each row as in its head", () => {
    for (const table of [taking!, answering!]) expect(new Set(table.map((row) => row.split("|").length)).size).toBe(1);
  });

  it("says who did not run, and why", () => {
    expect(taking!.at(-1)).toContain("| loki | did not run |");
    expect(text).toContain("- loki: set LOKI_BIN");
  });
});
