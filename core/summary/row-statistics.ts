import type { AgentCells } from "../delivery/pack-text.ts";
import { type Row, RowPart } from "./row-part.ts";
import { STEPS_MS, type StepMs } from "./steps.ts";
import { emptySummary, mergeInto, type Summary } from "./summary.ts";
import { cutParts, MAX_PARTS, type SummaryPart } from "./summary-part.ts";

/**
 * Statistics of rows that are stored together, by UTC minute of their time, or by hour or day when they span too many. Rows come
 * a pack at a time, and nothing of them is kept but what is counted.
 */
export class RowStatistics {
  readonly #maxParts: number;
  readonly #agents = new Map<number, AgentCells>();
  #stepMs: StepMs = STEPS_MS[0];
  #parts = new Map<number, RowPart>();

  constructor(maxParts: number = MAX_PARTS) {
    this.#maxParts = maxParts;
  }

  /** @param agents the user agents that the rows name */
  add(rows: readonly Row[], agents: Iterable<AgentCells>): void {
    for (const cells of agents) this.#agents.set(cells[0], cells);
    let startMs = Number.NaN;
    let part: RowPart | undefined;
    for (const row of rows) {
      const tsMs = row[0] as number;
      // False for the first row too: NaN compares as false.
      if (!part || !(tsMs >= startMs && tsMs < startMs + this.#stepMs)) {
        part = this.#partAt(tsMs);
        startMs = Math.floor(tsMs / this.#stepMs) * this.#stepMs;
      }
      part.add(row);
    }
    for (const each of this.#parts.values()) each.shorten();
  }

  /** Each within its limits. To be asked once, after the last rows. */
  finish(): SummaryPart[] {
    const stepMs = this.#stepMs;
    return cutParts(
      Array.from(this.#parts, ([startMs, part]) => ({ stepMs, startMs, summary: part.finish(this.#agents) })),
    );
  }

  #partAt(tsMs: number): RowPart {
    const startMs = Math.floor(tsMs / this.#stepMs) * this.#stepMs;
    const known = this.#parts.get(startMs);
    if (known) return known;
    if (this.#parts.size >= this.#maxParts && this.#coarsen()) return this.#partAt(tsMs);
    const part = new RowPart();
    this.#parts.set(startMs, part);
    return part;
  }

  /** Goes on with the next longer step; false when there is none. */
  #coarsen(): boolean {
    const stepMs = STEPS_MS[STEPS_MS.indexOf(this.#stepMs) + 1];
    if (stepMs === undefined) return false;
    const merged = new Map<number, Summary>();
    for (const [startMs, part] of this.#parts) {
      const start = Math.floor(startMs / stepMs) * stepMs;
      const into = merged.get(start) ?? emptySummary();
      merged.set(start, mergeInto(into, part.finish(this.#agents)));
    }
    this.#stepMs = stepMs;
    this.#parts = new Map(Array.from(merged, ([startMs, summary]) => [startMs, new RowPart(summary)]));
    return true;
  }
}
