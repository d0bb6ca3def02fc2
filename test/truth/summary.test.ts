import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseLine } from "../../core/parse/parse-line.ts";
import type { LogRecord } from "../../core/record.ts";
import { decodeSummary } from "../../core/summary/decode-summary.ts";
import type { Dimension } from "../../core/summary/dimensions.ts";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import { durationsOf, topOf, uniqueIpsOf } from "../../core/summary/read-summary.ts";
import { mergeAll, type Summary } from "../../core/summary/summary.ts";
import { statisticsOf } from "../core/summary/records.ts";

interface Truth {
  lines: number;
  bytes_sum: number;
  unique_hosts: number;
  status: Record<string, number>;
  method: Record<string, number>;
  top_paths: [string, number][];
  top_hosts: [string, number][];
  response_time?: Record<`p${50 | 90 | 95 | 99}_nearest_rank`, number>;
}

/** Real logs with counts made by another program, beside the project; a clone does not have them. */
const ACCESS = "../shared/data/access";
const FILES = ["elastic_apache_logs.part1.log", "kaggle_serverlogs_5000.log"];

/** What is stored of the lines sent in batches, read back and merged. */
function storedSummary(records: readonly LogRecord[], batch: number): Summary {
  const texts: string[] = [];
  for (let from = 0; from < records.length; from += batch) {
    for (const { summary } of statisticsOf([records.slice(from, from + batch)])) texts.push(encodeSummary(summary));
  }
  return mergeAll(texts.map((text) => (decodeSummary(text) as { value: Summary }).value));
}

const counts = (summary: Summary, dimension: Dimension): Record<string, number> =>
  Object.fromEntries(topOf(summary, dimension, 1_000).values.map(({ value, count }) => [value, count]));

describe.skipIf(!existsSync(ACCESS))("summaries of real logs (skipped where the data is not there)", () => {
  describe.each(FILES)("%s", (file) => {
    const truth = JSON.parse(readFileSync(`${ACCESS}/${file}.truth.json`, "utf8")) as Truth;
    const records = readFileSync(`${ACCESS}/${file}`, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => parseLine(line, { nowMs: Date.UTC(2026, 0, 1), zone: "UTC", durationUnit: "ms" }));

    it.each([100, 1_000, 5_000])("are exact in batches of %i", (batch) => {
      const summary = storedSummary(records, batch);
      expect(summary.count).toBe(truth.lines);
      expect(summary.bytes).toBe(truth.bytes_sum);
      expect(counts(summary, "status")).toEqual(truth.status);
      expect(counts(summary, "method")).toEqual(truth.method);
      const paths = topOf(summary, "path", truth.top_paths.length);
      expect(paths.values.map(({ value, count }) => [value, count])).toEqual(truth.top_paths);
      expect(paths.errorBound).toBe(0);
      expect(Math.abs(uniqueIpsOf(summary) / truth.unique_hosts - 1)).toBeLessThan(0.03);
      const ips = topOf(summary, "ip", truth.top_hosts.length);
      expect(ips.values.map(({ count }) => count)).toEqual(truth.top_hosts.map(([, count]) => count));
    });

    it.skipIf(truth.response_time === undefined)("tell response times within 1 %", () => {
      const durations = durationsOf(storedSummary(records, 1_000))!;
      for (const name of ["p50", "p90", "p95", "p99"] as const) {
        const exact = truth.response_time![`${name}_nearest_rank` as "p50_nearest_rank"];
        expect(Math.abs(durations[name] / exact - 1)).toBeLessThanOrEqual(0.011);
      }
    });
  });
});
