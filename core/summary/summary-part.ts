import { cutSummary } from "./cut-summary.ts";
import { limitsOf, STEPS_MS, type StepMs } from "./steps.ts";
import type { Summary } from "./summary.ts";

/** The statistics of the records of one service from `startMs` (a multiple of `stepMs`) until `stepMs` later. */
export interface SummaryPart<Step = StepMs> {
  stepMs: Step;
  startMs: number;
  summary: Summary;
}

/** A message of old lines must not become thousands of rows: over this it is summarised by hour, then by day. */
export const MAX_PARTS = 120;

/**
 * So many parts stay under 1.3 MB together, for they are one bound parameter of D1 (2 MB, with JSON's escapes):
 * as much as this is shared out evenly, up to the 8 KB of a minute each, and as much by number of records.
 */
const EVEN_BYTES = 960 * 1024;
const SHARED_BYTES = 256 * 1024;

/** Spreads parts over as few parameters of the database as hold them, `most` at most. */
export function paramsOf<Part>(parts: readonly Part[], most: number): Part[][] {
  const each = Math.max(MAX_PARTS, Math.ceil(parts.length / most));
  return Array.from({ length: Math.ceil(parts.length / each) }, (_, at) => parts.slice(at * each, (at + 1) * each));
}

/** Cuts each part, which changes, to the limits of its step and to its share of what those of its parameter may take. */
export const cutParts = (parts: readonly SummaryPart[], params: number): SummaryPart[] =>
  paramsOf(parts, params).flatMap(cutParam);

function cutParam(parts: readonly SummaryPart[]): SummaryPart[] {
  const even = Math.min(limitsOf(STEPS_MS[0]).maxBytes, EVEN_BYTES / parts.length);
  const records = parts.reduce((sum, { summary }) => sum + summary.count, 0);
  return parts.map((part) => {
    const { capacity, maxBytes } = limitsOf(part.stepMs);
    const share = even + SHARED_BYTES * (part.summary.count / records);
    return { ...part, summary: cutSummary(part.summary, { capacity, maxBytes: Math.min(maxBytes, share) }) };
  });
}
