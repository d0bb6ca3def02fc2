import { encodeSummary } from "./encode-summary.ts";
import type { StepMs } from "./steps.ts";
import type { SummaryPart } from "./summary-part.ts";

/** A part as the database's `summaries` table takes it. */
export type SummaryRow = [stepMs: StepMs, startMs: number, summary: string];

export const summaryRowsOf = (parts: readonly SummaryPart[]): SummaryRow[] =>
  parts.map(({ stepMs, startMs, summary }) => [stepMs, startMs, encodeSummary(summary)]);
