import type { LogRecord } from "../record.ts";
import { cutSummary } from "./cut-summary.ts";
import { decodeSummary } from "./decode-summary.ts";
import { encodeSummary } from "./encode-summary.ts";
import { limitsOf, type StepMs, type SummaryPart, summarise } from "./summarise.ts";
import { mergeInto } from "./summary.ts";

/** A part as the database's `summaries` table takes it. */
export type SummaryRow = [stepMs: StepMs, startMs: number, summary: string];

/** The summaries of a pack of records, as the JSON array that travels with it. */
export const summaryRowsOf = (records: readonly LogRecord[]): string => rowsText(summarise(records));

/** The summary rows of several packs as one set: a part of each step and start. */
export function mergeSummaryRows(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0]!;
  const parts = new Map<string, SummaryPart>();
  for (const part of texts.flatMap(partsOfRows)) {
    const key = `${part.stepMs} ${part.startMs}`;
    const known = parts.get(key);
    if (known) mergeInto(known.summary, part.summary);
    else parts.set(key, part);
  }
  return rowsText(
    [...parts.values()].map((part) => ({ ...part, summary: cutSummary(part.summary, limitsOf(part.stepMs)) })),
  );
}

/** The parts that a text of rows holds; rows that cannot be read are left out. */
export const partsOfRows = (text: string): SummaryPart[] =>
  (JSON.parse(text) as SummaryRow[]).flatMap(([stepMs, startMs, encoded]) => {
    const summary = decodeSummary(encoded);
    return summary.ok ? [{ stepMs, startMs, summary: summary.value }] : [];
  });

const rowsText = (parts: readonly SummaryPart[]): string =>
  JSON.stringify(parts.map(({ stepMs, startMs, summary }): SummaryRow => [stepMs, startMs, encodeSummary(summary)]));
