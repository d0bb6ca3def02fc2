import type { LogRecord } from "../record.ts";
import { boundParts, MAX_PARTS, type SummaryPart } from "./bound-parts.ts";
import { decodeSummary } from "./decode-summary.ts";
import { encodeSummary } from "./encode-summary.ts";
import type { StepMs } from "./steps.ts";
import { summarise } from "./summarise.ts";

/** A part as the database's `summaries` table takes it. */
export type SummaryRow = [stepMs: StepMs, startMs: number, summary: string];

/** Under the 2 MB of a bound parameter, whatever the characters are. */
const MAX_CHARS = 600_000;

/** The summaries of a pack of records, as the JSON array that travels with it. */
export const summaryRowsOf = (records: readonly LogRecord[]): string => rowsText(summarise(records));

/** The summary rows of several packs as one set: a part of each step and start, within the bounds of one pack. */
export function mergeSummaryRows(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0]!;
  const rows = texts.flatMap((text) => JSON.parse(text) as SummaryRow[]);
  const times = new Set(rows.map(([stepMs, startMs]) => `${stepMs} ${startMs}`));
  const chars = texts.reduce((sum, text) => sum + text.length, 0);
  // Packs of different times need no look inside.
  if (times.size === rows.length && rows.length <= MAX_PARTS && chars <= MAX_CHARS) return JSON.stringify(rows);
  return rowsText(boundParts(rows.flatMap(partOf)));
}

/** The parts that a text of rows holds; rows that cannot be read are left out. */
export const partsOfRows = (text: string): SummaryPart[] => (JSON.parse(text) as SummaryRow[]).flatMap(partOf);

function partOf([stepMs, startMs, encoded]: SummaryRow): SummaryPart[] {
  const summary = decodeSummary(encoded);
  return summary.ok ? [{ stepMs, startMs, summary: summary.value }] : [];
}

const rowsText = (parts: readonly SummaryPart[]): string =>
  JSON.stringify(parts.map(({ stepMs, startMs, summary }): SummaryRow => [stepMs, startMs, encodeSummary(summary)]));
