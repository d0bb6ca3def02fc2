const MINUTE_MS = 60_000;

/** Minutes from which records were taken away, and how many from each. */
export class TouchedMinutes {
  readonly counts = new Map<number, number>();

  add(tsMs: number): void {
    const startMs = Math.floor(tsMs / MINUTE_MS) * MINUTE_MS;
    this.counts.set(startMs, (this.counts.get(startMs) ?? 0) + 1);
  }

  /** How many were taken away between two times. */
  between(fromMs: number, toMs: number): number {
    let count = 0;
    for (const [startMs, taken] of this.counts) if (startMs >= fromMs && startMs < toMs) count += taken;
    return count;
  }
}
