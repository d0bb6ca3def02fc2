import { enrich } from "../core/enrich/pipeline.ts";
import { parseEntry } from "../core/parse/parse-entry.ts";
import type { ParseContext } from "../core/parse/parser.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { Figures } from "./figure.ts";
import { type LineFormat, lineFormats } from "./parser-lines/formats.ts";
import { cpuMsOf } from "./parser-lines/time-of.ts";
import { reasonOf } from "./parser-truth/disagreements.ts";
import { scores } from "./parser-truth/formats.ts";
import { hasTruth } from "./parser-truth/truth-cases.ts";

const LINES = 20_000;
const RUNS = 7;

/** Pass rate of each format on other projects' own cases, and its speed beside the least work on the same lines. */
export function parsers(figures: Figures): void {
  if (hasTruth) pass(figures);
  else console.log("no cases of other projects (../shared/data is not there): speed only");
  for (const format of lineFormats(LINES)) speed(figures, format);
}

function pass(figures: Figures): void {
  for (const { format, passed, cases, failures } of scores()) {
    figures.add(`${format}: passed of ${cases}`, [(100 * passed) / cases], "%");
    for (const { line, source, why } of failures) {
      console.log(`  ${format}: ${line.slice(0, 100)}\n    ${why}\n    ${reasonOf(format, line, source)}`);
    }
  }
}

function speed(figures: Figures, { name, lines, ceiling }: LineFormat): void {
  const settings = DEFAULT_SETTINGS;
  const context: ParseContext = { nowMs: Date.UTC(2026, 0, 6), zone: "UTC", durationUnit: "ms" };
  const bare = () => {
    if (ceiling === "JSON.parse") for (const line of lines) JSON.parse(line);
    else if (ceiling.global) for (const line of lines) for (const _match of line.matchAll(ceiling));
    else
      for (const line of lines)
        if (!ceiling.test(line)) throw new Error(`${name}: the expression does not fit ${line}`);
  };
  const parse = () => {
    for (const line of lines) parseEntry(line, context);
  };
  const enriched = () => {
    for (const line of lines) {
      const parsed = parseEntry(line, context);
      if (parsed.ok) enrich(parsed.value, { nowMs: context.nowMs, settings });
    }
  };
  const works = { ceiling: bare, parse, enriched };
  const rates: Record<keyof typeof works, number[]> = { ceiling: [], parse: [], enriched: [] };
  for (let run = -2; run < RUNS; run++) {
    for (const [work, times] of Object.entries(rates)) {
      const ms = cpuMsOf(works[work as keyof typeof works]);
      if (run >= 0) times.push((lines.length / ms) * 1_000);
    }
  }
  const share = (part: number[]) => part.map((rate, run) => (100 * rate) / rates.ceiling[run]!);
  figures.add(`${name}: ${ceiling === "JSON.parse" ? ceiling : "one expression"}`, rates.ceiling, "lines/s");
  figures.add(`${name}: parsed`, rates.parse, "lines/s");
  figures.add(`${name}: parsed and enriched`, rates.enriched, "lines/s");
  figures.add(`${name}: parsed, of the ceiling`, share(rates.parse), "%");
  figures.add(`${name}: parsed and enriched, of the ceiling`, share(rates.enriched), "%");
}

if (import.meta.main) {
  const figures = new Figures("parsers");
  parsers(figures);
  console.log(`\n${figures.table()}`);
}
