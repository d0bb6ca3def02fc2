import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { joinTraces } from "../core/parse/join-traces.ts";
import { MAX_LINE_CHARS, parseEntry } from "../core/parse/parse-entry.ts";
import type { ParseContext } from "../core/parse/parser.ts";
import { rawOf } from "../core/parse/raw-of.ts";
import { Random } from "../tools/simulate/random.ts";
import { Figures } from "./figure.ts";
import { lineFormats } from "./parser-lines/formats.ts";
import { cpuMsOf } from "./parser-lines/time-of.ts";

const LINES = 1_000_000;

/** A line that takes longer is one that a sender could stop us with. */
const MAX_LINE_MS = 50;

/** Real files, where they are there: odd ones, of which some are broken already. */
const FOLDERS = ["access", "misc_raw", "raw_syslog", "templates"].map((name) =>
  fileURLToPath(new URL(`../../shared/data/${name}/`, import.meta.url)),
);

/** What takes parsers by surprise. */
const HOSTILE = [
  '"',
  "\\",
  "[",
  "]",
  "{",
  "}",
  "<",
  ">",
  "=",
  " ",
  "\n",
  "\0",
  "\x1b[",
  "\ufffd",
  "🙂",
  "\\x",
  "__proto__",
  "-",
  "%",
  "\t",
  "1e999",
  '"'.repeat(200),
  "\\".repeat(200),
  "[".repeat(200),
  "a=".repeat(200),
  "9".repeat(400),
];

/** A million lines of every format and of real files, each changed at one to three places: none may throw, be slow, or be lost. */
export async function mutate(figures: Figures): Promise<void> {
  longest(figures);
  const random = new Random(42);
  const seeds = [...lineFormats(500).flatMap(({ lines }) => lines), ...realLines()];
  const contexts = contextsOf();
  let slowestMs = 0;
  let slowest = "";
  let lost = 0;
  let heapMb = 0;
  const parsers: Record<string, number> = {};
  for (let count = 0; count < LINES; count++) {
    const line = changed(random.pick(seeds), random);
    const context = { ...random.pick(contexts) };
    const startMs = performance.now();
    const result = parseEntry(line, context);
    const tookMs = performance.now() - startMs;
    if (tookMs > slowestMs) {
      const again = Math.min(tookMs, slownessOf(line, context));
      if (again > slowestMs) [slowestMs, slowest] = [again, line];
    }
    if (result.ok) {
      parsers[result.value.parser] = (parsers[result.value.parser] ?? 0) + 1;
      if (rawOf(result.value) !== line && !result.value.flags?.includes("cut")) lost++;
    }
    if (count % 10_000 === 0) heapMb = Math.max(heapMb, process.memoryUsage().heapUsed / 1e6);
    if (count % 1_000 === 0) joinTraces(Array.from({ length: 50 }, () => changed(random.pick(seeds), random)));
  }
  figures.add("lines parsed without a throw", [LINES], "lines");
  figures.add("lines that could not be had back", [lost], "lines");
  figures.add("slowest line", [slowestMs], "ms");
  figures.add("largest heap", [heapMb], "MB");
  console.log(`slowest: ${slowest.slice(0, 200)}`);
  console.log(
    `taken as: ${Object.entries(parsers)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ")}`,
  );
  if (slowestMs > MAX_LINE_MS || lost > 0) throw new Error("a line was too slow, or lost");
}

/** The machine may be busy with something else: what is slow is so by its CPU time, and every time. */
const slownessOf = (line: string, context: ParseContext): number =>
  Math.min(...Array.from({ length: 5 }, () => cpuMsOf(() => parseEntry(line, { ...context }))));

/** Lines as long as they may be: the beginning of each format, then one hostile piece over and over. */
function longest(figures: Figures): void {
  let slowestMs = 0;
  for (const { name, lines } of lineFormats(1)) {
    for (const piece of HOSTILE) {
      for (const part of [0, 0.2, 0.5, 0.8, 1]) {
        const start = lines[0]!.slice(0, Math.floor(lines[0]!.length * part));
        const line =
          start + piece.repeat(Math.ceil(MAX_LINE_CHARS / piece.length)).slice(0, MAX_LINE_CHARS - start.length);
        for (const context of contextsOf()) {
          const tookMs = slownessOf(line, context);
          if (tookMs > slowestMs)
            console.log(`${name}: ${part} of a line, then ${JSON.stringify(piece.slice(0, 5))}: ${tookMs} ms`);
          slowestMs = Math.max(slowestMs, tookMs);
        }
      }
    }
  }
  figures.add(`slowest hostile line of ${MAX_LINE_CHARS} characters`, [slowestMs], "ms");
  if (slowestMs > MAX_LINE_MS) throw new Error("a long line was too slow");
}

function realLines(): string[] {
  const lines: string[] = [];
  for (const folder of FOLDERS.filter(existsSync)) {
    for (const name of readdirSync(folder).filter((file) => !file.endsWith(".json") && !file.endsWith(".csv"))) {
      lines.push(...readFileSync(`${folder}${name}`, "utf8").split("\n").slice(0, 500));
    }
  }
  return lines;
}

function contextsOf(): ParseContext[] {
  const base: ParseContext = { nowMs: Date.UTC(2026, 0, 6), zone: "UTC", durationUnit: "ms" };
  return [
    base,
    base,
    { ...base, zone: "Europe/Zurich", durationUnit: "us" },
    { ...base, declaredJson: true },
    { ...base, pattern: '%h %l %u %t "%r" %>s %b' },
    { ...base, pattern: "{time} [{level}] {message}" },
    { ...base, columns: ["date", "time", "c-ip", "cs-method", "cs-uri-stem"] },
  ];
}

/** Bits flipped, parts cut out, doubled or swapped, hostile pieces put in, or the end torn off. */
function changed(line: string, random: Random): string {
  let text = line;
  for (let times = 1 + random.int(3); times > 0; times--) {
    const at = random.int(text.length + 1);
    const end = Math.min(text.length, at + random.int(20));
    switch (random.int(6)) {
      case 0:
        text =
          text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << random.int(8)) || 0) + text.slice(at + 1);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 2:
        text = text.slice(0, end) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at) + random.pick(HOSTILE) + text.slice(at);
        break;
      case 4:
        text = text.slice(0, at);
        break;
      case 5:
        text = random.chance(0.001) ? text.repeat(1 + random.int(500)) : text.slice(at) + text.slice(0, at);
        break;
    }
  }
  return text;
}

if (import.meta.main) {
  const figures = new Figures("mutate");
  await mutate(figures);
  console.log(`\n${figures.table()}`);
}
