import type { BatchOutcome } from "../../clients/js/options.ts";

/** What became of the lines that were sent. */
export interface Tally {
  sent: number;
  /** Answered as durable; lines that the server dropped by its rules are among them. */
  acknowledged: number;
  refused: number;
  /** Never answered, or answered with an error. */
  lost: number;
}

/** Counts outcomes and remembers how long acknowledgements took. */
export class Meter {
  readonly tally: Tally = { sent: 0, acknowledged: 0, refused: 0, lost: 0 };
  /** Why lines were lost or refused, as last heard. */
  lastProblem: string | undefined;
  readonly #tookMs: number[] = [];

  sent(lines = 1): void {
    this.tally.sent += lines;
  }

  ended = ({ lines, answer, error, tookMs }: BatchOutcome): void => {
    if (answer) {
      const dropped = Object.values(answer.dropped).reduce((sum, n) => sum + n, 0);
      this.tally.acknowledged += answer.accepted + dropped;
      this.tally.refused += answer.refused.length;
      this.#tookMs.push(tookMs);
      if (answer.refused.length > 0) this.lastProblem = `refused: ${answer.refused[0]!.reason}`;
    } else {
      this.tally.lost += lines.length;
      this.lastProblem = error?.message;
    }
  };

  /** Milliseconds within which this share of batches was acknowledged. */
  ackMs(share: number): number {
    return percentile(this.#tookMs, share);
  }

  get complete(): boolean {
    return this.tally.acknowledged >= this.tally.sent;
  }
}

/** The value that a share of the values does not exceed; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
