import { accessLog } from "../access-log.ts";
import { bodiesOf } from "../bodies-of.ts";
import { lineFormats } from "../parser-lines/formats.ts";

const START_MS = Date.UTC(2026, 0, 5, 8);
/** As many as `bench/ingest.ts` spreads over a day: 1,000 lines then span one to three minutes. */
const DAY_LINES = 1_000_000;

/** Request bodies of `batch` lines of one format. Access lines go on over all bodies, as real ones do; others begin anew in each. */
export function bodiesOfFormat(format: string, lines: number, batch: number): Uint8Array[] {
  if (format === "combined") return bodiesOf(accessLog(1, DAY_LINES, START_MS), lines, batch);
  const chosen = lineFormats(lines).find(({ name }) => name === format);
  if (!chosen) throw new Error(`no format "${format}"`);
  const bodies: Uint8Array[] = [];
  for (let from = 0; from < lines; from += batch) {
    bodies.push(Buffer.from(chosen.lines.slice(from, from + batch).join("\n")));
  }
  return bodies;
}

/** Lines of JSON, against which a machine's speed is told: what JSON.parse takes for one of them is the unit. */
export const referenceLines = (): string[] => lineFormats(2_000).find(({ name }) => name === "json")!.lines;
