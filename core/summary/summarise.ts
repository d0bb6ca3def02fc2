import type { LogRecord } from "../record.ts";
import { cutParts, MAX_PARTS, type SummaryPart } from "./bound-parts.ts";
import { STEPS_MS, type StepMs } from "./steps.ts";
import { addRecord, emptySummary, type Summary } from "./summary.ts";

export { MAX_PARTS, STEPS_MS, type StepMs, type SummaryPart };

/** The records of one batch by UTC minute of their time, or by hour or day when they span too many. Each part is within its limits. */
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
  return cutParts(Array.from(summaries, ([start, each]) => ({ stepMs, startMs: start, summary: each })));
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
