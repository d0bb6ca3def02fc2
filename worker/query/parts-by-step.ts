import { emptySummary, type Summary } from "../../core/summary/summary.ts";

/** Where no step is asked for, minutes serve: the caller merges them or sees where there is data. */
const MINUTE_MS = 60_000;

/** A summary for each step of time in which there is a record. */
export class PartsByStep {
  readonly stepMs: number;
  readonly #parts = new Map<number, Summary>();
  #startMs = Number.NaN;
  #summary = emptySummary();

  constructor(stepMs: number) {
    this.stepMs = Number.isFinite(stepMs) ? stepMs : MINUTE_MS;
  }

  /** The summary of the step that a time lies in. */
  at(tsMs: number): Summary {
    // False for the first record too: NaN compares as false.
    if (tsMs >= this.#startMs && tsMs < this.#startMs + this.stepMs) return this.#summary;
    this.#startMs = Math.floor(tsMs / this.stepMs) * this.stepMs;
    this.#summary = this.#parts.get(this.#startMs) ?? emptySummary();
    this.#parts.set(this.#startMs, this.#summary);
    return this.#summary;
  }

  /** Whether two times lie in the same step. */
  isOneStep(aMs: number, bMs: number): boolean {
    return Math.floor(aMs / this.stepMs) === Math.floor(bMs / this.stepMs);
  }

  all(): { stepMs: number; startMs: number; summary: Summary }[] {
    return Array.from(this.#parts, ([startMs, summary]) => ({ stepMs: this.stepMs, startMs, summary }));
  }
}
