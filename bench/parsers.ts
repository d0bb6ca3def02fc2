import { enrich } from "../core/enrich/pipeline.ts";
import { parseEntry } from "../core/parse/parse-entry.ts";
import type { ParseContext } from "../core/parse/parser.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { Figures } from "./figure.ts";
import { type LineFormat, lineFormats } from "./parser-lines/formats.ts";
import { ratesOf } from "./parser-lines/rates-of.ts";
import { reasonOf } from "./parser-truth/disagreements.ts";
import { scores } from "./parser-truth/formats.ts";
import { hasTruth } from "./parser-truth/truth-cases.ts";

const LINES = 2_000;

/** Pass rate of each format on other projects' own cases, and its speed beside the least work on the same lines. */
export async function parsers(figures: Figures): Promise<void> {
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
  const rates = ratesOf(lines, {
    ceiling: ceilingOf(ceiling),
    parse: (line) => parseEntry(line, context),
    enriched: (line) => {
      const parsed = parseEntry(line, context);
      if (parsed.ok) enrich(parsed.value, { nowMs: context.nowMs, settings });
      return parsed;
    },
  });
  const perSecond = (rate: number) => Math.round(rate);
  figures.add(
    `${name}: ${ceiling === "JSON.parse" ? ceiling : "one expression"}`,
    [perSecond(rates.ceiling)],
    "lines/s",
  );
  figures.add(`${name}: parsed`, [perSecond(rates.parse)], "lines/s");
  figures.add(`${name}: parsed and enriched`, [perSecond(rates.enriched)], "lines/s");
  figures.add(`${name}: parsed, of the ceiling`, [(100 * rates.parse) / rates.ceiling], "%");
  figures.add(`${name}: parsed and enriched, of the ceiling`, [(100 * rates.enriched) / rates.ceiling], "%");
}

/** What gives the parts of a line by their names with the least work. */
function ceilingOf(ceiling: LineFormat["ceiling"]): (line: string) => unknown {
  if (ceiling === "JSON.parse") return (line) => JSON.parse(line) as unknown;
  const named = withNames(ceiling);
  if (!named.global) return (line) => named.exec(line)!.groups;
  return (line) => {
    let groups: unknown;
    for (const match of line.matchAll(named)) groups = match.groups;
    return groups;
  };
}

/** The same expression, each of its groups with a name. */
function withNames({ source, flags }: RegExp): RegExp {
  let count = 0;
  const named = source.replace(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?)/g, (part) =>
    part === "(" ? `(?<part${count++}>` : part,
  );
  return new RegExp(named, flags);
}

if (import.meta.main) {
  const figures = new Figures("parsers");
  await parsers(figures);
  console.log(`\n${figures.table()}`);
}
