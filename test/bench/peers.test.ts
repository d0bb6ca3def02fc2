import { describe, expect, it } from "vitest";
import { reachedBy } from "../../bench/peers/measures.ts";
import { ratioTable, withPeers } from "../../bench/peers/ratio-table.ts";

const FIGURES = [
  { peer: "weir", metric: "ingest_e2e", value: 50_000, unit: "lines/s", load1: 1.2 },
  { peer: "weir", metric: "q_sum_1to4", value: 40, unit: "ms", load1: 1.9 },
  { peer: "rsyslog-8", metric: "ingest_e2e (TCP -> file; not parsed, no UA)", value: 500_000, unit: "lines/s" },
  { peer: "rsyslog-8", metric: "ingest_e2e_server_cpu", value: 1.4, unit: "us CPU/line" },
  { peer: "rsyslog-8", metric: "grep/awk q_sum_1to4", value: 1_200, unit: "ms" },
  { peer: "duckdb", metric: "parquet_q_sum_1to4", value: 30, unit: "ms" },
  { peer: "duckdb", metric: "q_sum_1to4", value: 20, unit: "ms" },
  { peer: "loki", metric: "skipped", value: null },
];

describe("reachedBy", () => {
  it("takes each measure by its own name, and leaves out who measured nothing", () => {
    expect(reachedBy(FIGURES)).toEqual([
      { peer: "weir", figures: { ingest: 50_000, queries: 40 }, load1: 1.9 },
      { peer: "rsyslog-8", figures: { ingest: 500_000, queries: 1_200 }, load1: 0 },
      { peer: "duckdb", figures: { queries: 20 }, load1: 0 },
    ]);
  });
});

describe("ratioTable", () => {
  const rows = ratioTable(reachedBy(FIGURES)).split("\n");

  it("says how many times better, where more is better and where less is", () => {
    expect(rows[2]).toMatch(/^\| weir \| 50,000 \| – \| 40 \| – \| – \| 1.9 \|$/);
    expect(rows[3]).toContain("| 500,000 (10×) | – | 1,200 (0.033×) |");
    expect(rows[4]).toContain("| – | – | 20 (2×) |");
  });

  it("has as many cells in each row as in its head", () => {
    expect(new Set(rows.map((row) => row.split("|").length)).size).toBe(1);
  });
});

describe("withPeers", () => {
  it("adds a part to a page, and replaces it the next time", () => {
    const once = withPeers("# Benchmarks\n\ntext\n", "first");
    expect(once).toContain("text\n\n<!-- peers");
    const twice = withPeers(`${once}after\n`, "second");
    expect(twice).toContain("second");
    expect(twice).not.toContain("first");
    expect(twice.endsWith("<!-- end of peers -->\nafter\n")).toBe(true);
  });
});
