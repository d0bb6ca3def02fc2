import type { ObjectsEnv } from "./env.ts";
import { logWarning } from "./log.ts";
import type { StreamReport } from "./overview.ts";

/** The overview hears of a stream at most this often. */
const REPORT_EVERY_MS = 1_000;

/** Tells the overview how a stream is, some time after something changed. */
export class Reporter {
  readonly #overview: ObjectsEnv["OVERVIEW"];
  readonly #make: (nowMs: number) => StreamReport;
  #reportedMs = 0;
  #isDue = false;

  constructor(overview: ObjectsEnv["OVERVIEW"], make: (nowMs: number) => StreamReport) {
    this.#overview = overview;
    this.#make = make;
  }

  changed(): void {
    this.#isDue = true;
  }

  /** Whether anything was reported since this object woke: the last report may have been lost with the process. */
  hasReported(): boolean {
    return this.#reportedMs > 0;
  }

  dueAt(): number | undefined {
    return this.#isDue ? this.#reportedMs + REPORT_EVERY_MS : undefined;
  }

  async reportIfDue(): Promise<void> {
    const nowMs = Date.now();
    if (!this.#isDue || nowMs < this.#reportedMs + REPORT_EVERY_MS) return;
    this.#isDue = false;
    this.#reportedMs = nowMs;
    const report = this.#make(nowMs);
    try {
      await this.#overview.getByName("overview").report(report);
    } catch (error) {
      // The next report carries absolute figures, so a missed one repairs itself.
      logWarning("report_failed", { service: report.service, shard: report.shard, error });
      this.#isDue = true;
    }
  }
}
