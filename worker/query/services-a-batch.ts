import { rollupStep } from "../../core/summary/plan-reading.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { limitsOf, STEPS_MS } from "../../core/summary/steps.ts";
import type { TimeRange } from "../../core/time-range.ts";

const [MINUTE_MS, HOUR_MS] = STEPS_MS;
/** D1 takes 1,000 queries a request. */
const MOST = 100;
/** Summaries of one answer of the database, as text: of the 128 MB of an isolate, and they are decoded one after the other. */
const MAX_BYTES = 16_000_000;
/** Minutes become hours after two days. */
const MAX_MINUTES = 2 * 24 * 60;
/** Where only the first, short lines of a summary are read. */
const SHORT_BYTES = 1_024;
const SHORT: ReadonlySet<SectionName> = new Set(["levels", "statuses", "bytes", "durations"]);

/** Of how many services the summaries are read at once, so that their text has a bound however long the range is. */
export function servicesABatch({ fromMs, toMs }: TimeRange, stepMs: number, only: ReadonlySet<SectionName>): number {
  const isShort = [...only].every((name) => SHORT.has(name));
  const bytesOf = (step: typeof MINUTE_MS | typeof HOUR_MS): number =>
    isShort ? SHORT_BYTES : limitsOf(step).maxBytes;
  const spanMs = Math.max(MINUTE_MS, toMs - fromMs);
  const minutes = Math.min(spanMs / MINUTE_MS, MAX_MINUTES) * bytesOf(MINUTE_MS);
  // Hours of the same time, and beside them the minutes of an hour at either end.
  const hours = Math.min(spanMs, MAX_MINUTES * MINUTE_MS) / HOUR_MS;
  const rolledUp = hours * bytesOf(HOUR_MS) + 120 * bytesOf(MINUTE_MS);
  const bytes = rollupStep(stepMs) < HOUR_MS ? minutes : Math.min(minutes, rolledUp);
  return Math.max(1, Math.min(MOST, Math.floor(MAX_BYTES / bytes)));
}
