import type { SeenFigures } from "./frames.ts";

/** One record's way to one screen: moments in epoch milliseconds, each by the clock of where it was taken. */
export interface Sighting {
  /** The record's own time, by its sender's clock; undefined where it is only known to the second. */
  recordMs: number | undefined;
  /** When the Worker received it, */
  edgeMs: number;
  /** when the stream had it, */
  streamMs: number;
  /** when the stream asked the watcher, and when it heard the answer. */
  sentMs: number;
  answeredMs: number;
  /** How long the watcher took from hearing to painting; a length, so no clock matters. */
  heldMs: number;
  /** The watcher's clock as it painted. */
  watcherMs: number;
}

/** The figures are of the last so many sightings within this time. */
const SIGHTINGS = 256;
const KEPT_MS = 300_000;

/**
 * From the sender to the seen: p50 and p95 of one service, and what its clocks are worth.
 *
 * The moment of paint is put on the stream's clock by halving the round trip. A sender's clock that is ahead shows as
 * records received before they were written; by that much its times are set back.
 */
export class SeenMeter {
  readonly #sightings: Sighting[] = [];

  add(sighting: Sighting): void {
    this.#sightings.push(sighting);
    while (this.#sightings.length > SIGHTINGS || this.#sightings[0]!.answeredMs < sighting.answeredMs - KEPT_MS)
      this.#sightings.shift();
  }

  /** Undefined before the first sighting. */
  figures(): SeenFigures | undefined {
    if (this.#sightings.length === 0) return undefined;
    const seen = this.#sightings.map((one) => paintedMs(one) - one.edgeMs);
    const timed = this.#sightings.filter(({ recordMs }) => recordMs !== undefined);
    const senderAheadMs = Math.max(0, ...timed.map(({ recordMs, edgeMs }) => recordMs! - edgeMs));
    const sent = timed.map((one) => paintedMs(one) - one.recordMs! + senderAheadMs);
    return {
      sightings: this.#sightings.length,
      p50Ms: percentile(seen, 0.5),
      p95Ms: percentile(seen, 0.95),
      ...(sent.length > 0 && { sendP50Ms: percentile(sent, 0.5), sendP95Ms: percentile(sent, 0.95) }),
      senderAheadMs: Math.round(senderAheadMs),
      watcherAheadMs: percentile(
        this.#sightings.map((one) => one.watcherMs - paintedMs(one)),
        0.5,
      ),
    };
  }
}

function paintedMs({ sentMs, answeredMs, heldMs }: Sighting): number {
  const oneWayMs = Math.max(0, answeredMs - sentMs - heldMs) / 2;
  return sentMs + oneWayMs + heldMs;
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!);
}
