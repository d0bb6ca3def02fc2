import type { LogRecord } from "../record.ts";
import { cutSummary, DAY_LIMITS, HOUR_LIMITS, MINUTE_LIMITS, type SummaryLimits } from "./cut-summary.ts";
import { addRecord, emptySummary, type Summary } from "./summary.ts";

/** A minute, an hour or a day of UTC. */
export const STEPS_MS = [60_000, 3_600_000, 86_400_000] as const;
export type StepMs = (typeof STEPS_MS)[number];

/** The statistics of the records of one service from `startMs` (a multiple of `stepMs`) until `stepMs` later. */
export interface SummaryPart {
  stepMs: StepMs;
  startMs: number;
  summary: Summary;
}

/** A batch of old lines must not become thousands of rows: over this it is summarised by hour, then by day. */
export const MAX_PARTS = 120;

const LIMITS: Record<StepMs, SummaryLimits> = { 60000: MINUTE_LIMITS, 3600000: HOUR_LIMITS, 86400000: DAY_LIMITS };

export const limitsOf = (stepMs: StepMs): SummaryLimits => LIMITS[stepMs];

/** The records of one batch by UTC minute of their time, or by hour or day when they span too many. Each part keeps its limits. */
export function summarise(records: readonly LogRecord[], maxParts: number = MAX_PARTS): SummaryPart[] {
  const stepMs = stepFor(records, maxParts);
  const summaries = new Map<number, Summary>();
  let startMs = Number.NaN;
  let summary = emptySummary();
  for (const record of records) {
    // False for the first record too: NaN compares as false.
    if (!(record.tsMs >= startMs && record.tsMs < startMs + stepMs)) {
      startMs = Math.floor(record.tsMs / stepMs) * stepMs;
      summary = summaries.get(startMs) ?? emptySummary();
      summaries.set(startMs, summary);
    }
    addRecord(summary, record);
  }
  const limits = limitsOf(stepMs);
  return [...summaries].map(([start, each]) => ({ stepMs, startMs: start, summary: cutSummary(each, limits) }));
}

function stepFor(records: readonly LogRecord[], maxParts: number): StepMs {
  return STEPS_MS.find((stepMs) => startsUpTo(records, stepMs, maxParts + 1) <= maxParts) ?? STEPS_MS[2];
}

/** How many steps the records fall into; stops counting at `enough`. */
function startsUpTo(records: readonly LogRecord[], stepMs: number, enough: number): number {
  const starts = new Set<number>();
  let startMs = Number.NaN;
  for (const { tsMs } of records) {
    if (tsMs >= startMs && tsMs < startMs + stepMs) continue;
    startMs = Math.floor(tsMs / stepMs) * stepMs;
    if (starts.add(startMs).size >= enough) break;
  }
  return starts.size;
}
