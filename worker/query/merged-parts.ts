import type { RollupStepMs, StepMs } from "../../core/summary/steps.ts";
import { mergeInto, type Summary } from "../../core/summary/summary.ts";
import type { SummaryPart } from "../../core/summary/summary-part.ts";

const MINUTE_MS = 60_000;

/** A part as it is read: a roll-up too. */
export type AnswerPart = SummaryPart<StepMs | RollupStepMs>;

/**
 * Summary parts as they are read, those of one step of the answer as one: a sketch of addresses takes 16 KB, and a day of one
 * service may have thousands of parts.
 */
export class MergedParts {
  readonly #stepMs: number;
  /** By their step, then by what they are merged by. */
  readonly #parts = new Map<number, Map<number, AnswerPart>>();

  /** @param stepMs steps of the answer that surely are; infinite: all of it is one */
  constructor(stepMs: number) {
    this.#stepMs = Math.max(stepMs, MINUTE_MS);
  }

  /** Takes the summary over. A merged part starts with its first one; parts longer than a minute are merged with their equals only. */
  add(stepMs: StepMs | RollupStepMs, startMs: number, summary: Summary): void {
    const key = stepMs === MINUTE_MS ? Math.floor(startMs / this.#stepMs) : startMs;
    let parts = this.#parts.get(stepMs);
    if (parts === undefined) {
      parts = new Map();
      this.#parts.set(stepMs, parts);
    }
    const known = parts.get(key);
    if (known === undefined) parts.set(key, { stepMs, startMs, summary });
    else {
      known.startMs = Math.min(known.startMs, startMs);
      mergeInto(known.summary, summary);
    }
  }

  all(): AnswerPart[] {
    return [...this.#parts.values()].flatMap((parts) => [...parts.values()]);
  }
}
