import type { Confirmation } from "./message.ts";

/**
 * Messages that may be on their way at once. The database of one machine takes 95,000 rows a second, 40 full messages; segments are
 * written at up to 250,000 lines a second, 100 of them. A consumer takes 25 at once, two work at the same time, and with the queue's
 * second of gathering a message is confirmed 2 to 3 seconds after it was sent: these many leave none of them without work.
 */
export const WINDOW_MESSAGES = 256;
/** Bytes of payload on their way at once: as many full messages. Beside a message that is larger than the window nothing else goes. */
export const WINDOW_BYTES = 32_000_000;

/** Without a confirmation a message is waited for this long once it is its turn, */
export const PATIENCE_MS = 30_000;
/** or so many times as long as the last ones took, */
const PATIENCE_FACTOR = 2;
/** twice as long each time it was sent in vain, and never longer than this. */
export const MAX_PATIENCE_MS = 600_000;
/** How much of what storing is known to take comes from the latest confirmation. */
const LATEST_SHARE = 0.25;

/** A message on its way. */
interface Flight {
  bytes: number;
  /** How often it was sent. */
  attempts: number;
  /** When it was sent last; undefined where nobody remembers. */
  sentMs: number | undefined;
  /** Since when there is nothing before it: when it was sent, or something that had been sent before it was last confirmed. */
  turnMs: number;
  /** Something that was sent after it has been confirmed. */
  isPassed: boolean;
  /** It is known that the queue does not have it, and when to try again. */
  retryMs: number | undefined;
}

/**
 * What was handed to the queue and is not confirmed: how much more may go, and what has to go again.
 *
 * A queue tells nobody what it lost. While confirmations come of what was sent before a message, storing is merely slow. A message
 * whose patience is over is sent again if something that was sent after it has been confirmed. If nothing has, the queue stands still
 * or has lost everything: once nothing that was sent can still answer in time, the oldest goes again, alone. Its confirmation tells that
 * the queue works and has passed all the others.
 */
export class SendWindow {
  /** By first seq, in the order in which they were sent. */
  readonly #flights = new Map<number, Flight>();
  #bytes = 0;
  /** How long the last messages took to be stored once it was their turn; smoothed. */
  #tookMs = 0;

  hasRoom(): boolean {
    return this.#flights.size < WINDOW_MESSAGES && this.#bytes < WINDOW_BYTES;
  }

  has(firstSeq: number): boolean {
    return this.#flights.has(firstSeq);
  }

  /** A message was sent, for the first time or again. */
  sent({ firstSeq, bytes, attempts }: { firstSeq: number; bytes: number; attempts: number }, nowMs: number): void {
    this.remove(firstSeq);
    this.#add(firstSeq, { bytes, attempts, sentMs: nowMs, turnMs: nowMs, isPassed: false, retryMs: undefined });
  }

  /** A message that was sent is not in the queue, as far as anybody knows: it goes again at this time. */
  retryAt({ firstSeq, bytes, attempts }: { firstSeq: number; bytes: number; attempts: number }, retryMs: number): void {
    this.remove(firstSeq);
    this.#add(firstSeq, { bytes, attempts, sentMs: undefined, turnMs: retryMs, isPassed: true, retryMs });
  }

  /** It is not on its way any more. */
  remove(firstSeq: number): void {
    this.#bytes -= this.#flights.get(firstSeq)?.bytes ?? 0;
    this.#flights.delete(firstSeq);
  }

  /** These are stored: they leave, and the others learn where the queue is. */
  confirm(confirmations: readonly Confirmation[], nowMs: number): void {
    let earliestMs = Number.POSITIVE_INFINITY;
    let latestMs = Number.NEGATIVE_INFINITY;
    let tookMs: number | undefined;
    for (const { firstSeq, sentMs } of confirmations) {
      const flight = this.#flights.get(firstSeq);
      this.remove(firstSeq);
      if (sentMs === undefined) continue;
      earliestMs = Math.min(earliestMs, sentMs);
      latestMs = Math.max(latestMs, sentMs);
      // Of an earlier copy nobody knows since when it was its turn.
      if (flight?.sentMs === sentMs) tookMs = Math.max(tookMs ?? 0, nowMs - flight.turnMs);
    }
    if (tookMs !== undefined) this.#tookMs += (tookMs - this.#tookMs) * LATEST_SHARE;
    for (const flight of this.#flights.values()) {
      if (flight.sentMs === undefined) continue;
      if (flight.sentMs >= earliestMs) flight.turnMs = nowMs;
      if (flight.sentMs < latestMs) flight.isPassed = true;
    }
  }

  /** First seqs of what has to be sent again now. */
  overdue(nowMs: number): number[] {
    const late = [...this.#flights].filter(([, flight]) => this.#dueAt(flight) <= nowMs);
    const passed = late.filter(([, { isPassed }]) => isPassed);
    const again = passed.length === 0 && late.length === this.#flights.size ? late.slice(0, 1) : passed;
    return again.map(([firstSeq]) => firstSeq);
  }

  /** When there is next something to send again, if no confirmation comes; undefined while nothing is on its way. */
  overdueAt(): number | undefined {
    let firstPassedMs = Number.POSITIVE_INFINITY;
    let lastMs: number | undefined;
    for (const flight of this.#flights.values()) {
      const dueMs = this.#dueAt(flight);
      if (flight.isPassed && dueMs < firstPassedMs) firstPassedMs = dueMs;
      if (lastMs === undefined || dueMs > lastMs) lastMs = dueMs;
    }
    return lastMs === undefined ? undefined : Math.min(firstPassedMs, lastMs);
  }

  #add(firstSeq: number, flight: Flight): void {
    this.#flights.set(firstSeq, flight);
    this.#bytes += flight.bytes;
  }

  #dueAt({ retryMs, turnMs, attempts }: Flight): number {
    return retryMs ?? turnMs + patienceMs(attempts, this.#tookMs);
  }
}

/** How long a message is waited for that was sent so often, when the last ones took `tookMs` to be stored. */
export const patienceMs = (attempts: number, tookMs: number): number =>
  Math.min(Math.max(PATIENCE_MS, PATIENCE_FACTOR * tookMs) * 2 ** Math.max(0, attempts - 1), MAX_PATIENCE_MS);
