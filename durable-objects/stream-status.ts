import type { SeenFigures } from "../core/live/frames.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Journal } from "./journal.ts";
import type { StreamReport } from "./overview.ts";
import type { StreamPosition, StreamState } from "./stream-state.ts";

/** What a stream tells of itself, in records unless said. */
export interface StreamStatus extends StreamPosition {
  journalBytes: number;
  /** When the oldest unconfirmed pack was received. */
  oldestUnconfirmedMs: number | undefined;
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
  ratePerSecond: number;
  errorRate: number;
  watchers: number;
  /** How fast this service's records are seen, by its watchers' own answers; shard 0 knows. */
  seen: SeenFigures | undefined;
  deadLetters: { firstSeq: number; lastSeq: number; failedMs: number; reason: string }[];
  lastSentMs: number | undefined;
  lastConfirmedMs: number | undefined;
  /** Messages that the queue took, repeated ones too, and tries that it did not take. */
  messagesSent: number;
  sendErrors: number;
}

export interface StreamParts {
  state: StreamState;
  journal: Journal;
  deliveries: Deliveries;
  watchers: { count(): number; seen(): SeenFigures | undefined };
}

export function statusOf({ state, journal, deliveries, watchers }: StreamParts, nowMs: number): StreamStatus {
  const { live, journalBytes, lastSentMs, lastConfirmedMs, messagesSent, sendErrors } = state;
  return {
    ...state.position(),
    journalBytes,
    oldestUnconfirmedMs: journal.size().oldestMs,
    firstSeenMs: live.firstSeenMs,
    lastSeenMs: live.lastSeenMs,
    ratePerSecond: live.ratePerSecond(nowMs),
    errorRate: live.errorRate(nowMs),
    watchers: watchers.count(),
    seen: watchers.seen(),
    deadLetters: deliveries.failed().map(({ firstSeq, lastSeq, failedMs, reason }) => ({
      firstSeq,
      lastSeq,
      failedMs: failedMs!,
      reason: reason ?? "unknown",
    })),
    lastSentMs,
    lastConfirmedMs,
    messagesSent,
    sendErrors,
  };
}

/** What the overview is told: absolute figures, and the last minute by second. */
export function reportOf({ state, journal, deliveries, watchers }: StreamParts, nowMs: number): StreamReport {
  const { lastSeq: _, ...position } = state.position();
  const { live, journalBytes, messagesSent, sendErrors } = state;
  return {
    ...position,
    oldestUnconfirmedMs: journal.size().oldestMs,
    firstSeenMs: live.firstSeenMs,
    lastSeenMs: live.lastSeenMs,
    journalBytes,
    messagesSent,
    sendErrors,
    deadLetters: deliveries.failed().length,
    watchers: watchers.count(),
    seconds: live.secondsSince(Math.floor(nowMs / 1_000) - 60),
  };
}
