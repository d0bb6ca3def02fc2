import type { MessageRange } from "../core/delivery/message.ts";
import { type PendingPack, planMessages, resendDueAt, sendDueAt } from "../core/delivery/plan-messages.ts";
import type { Journal, SentMessage } from "./journal.ts";

/** Messages taken at once: a few, so that their bodies never fill the memory. */
const MESSAGES_PER_ROUND = 4;
/** A message that the queue did not take is tried again after this long. */
const REFUSED_RETRY_MS = 2_000;
/** An object that wakes may have slept because the process died, and a local queue dies with it: what was sent is sent again soon. */
const AFTER_WAKE_MS = 2_000;

/**
 * What of the journal has been sent and what has not. Mirrors the journal's tables in memory, so that an append
 * reads nothing; the tables are the truth, and the mirror is read from them when the object wakes.
 */
export class Deliveries {
  readonly #journal: Journal;
  readonly #pending: PendingPack[] = [];
  #pendingBytes = 0;
  readonly #messages = new Map<number, SentMessage>();
  readonly #confirmed = new Map<number, MessageRange>();

  constructor(journal: Journal, nowMs: number) {
    this.#journal = journal;
    let lastSent = 0;
    for (const message of journal.messages()) {
      const dueMs = message.dueMs === undefined ? undefined : Math.min(message.dueMs, nowMs + AFTER_WAKE_MS);
      this.#messages.set(message.firstSeq, { ...message, dueMs });
      lastSent = message.lastSeq;
    }
    for (const entry of journal.entries()) if (entry.firstSeq > lastSent) this.add(entry);
  }

  add(pack: PendingPack): void {
    this.#pending.push(pack);
    this.#pendingBytes += pack.bytes;
  }

  /** When there is next something to send; undefined when all is confirmed or waits for a person. */
  dueAt(nowMs: number): number | undefined {
    let due = sendDueAt(this.#pendingBytes, this.#pending[0]?.receivedMs, nowMs);
    for (const { dueMs } of this.#messages.values()) {
      if (dueMs !== undefined && (due === undefined || dueMs < due)) due = dueMs;
    }
    return due;
  }

  /** The next messages to send. Noted as sent before they are, with the time to send them again: none is forgotten. */
  takeDue(nowMs: number): MessageRange[] {
    const due = [...this.#messages.values()]
      .filter(({ dueMs }) => dueMs !== undefined && dueMs <= nowMs)
      .slice(0, MESSAGES_PER_ROUND);
    for (const range of planMessages(this.#pending, nowMs).slice(0, MESSAGES_PER_ROUND - due.length)) {
      due.push({ ...range, attempts: 0, dueMs: undefined, failedMs: undefined, reason: undefined });
      while (this.#pending[0] && this.#pending[0].firstSeq <= range.lastSeq)
        this.#pendingBytes -= this.#pending.shift()!.bytes;
    }
    for (const message of due) {
      const attempts = message.attempts + 1;
      this.#write({ ...message, attempts, dueMs: resendDueAt(nowMs, attempts) });
    }
    return due;
  }

  /** The queue did not take it. */
  postpone({ firstSeq }: MessageRange, nowMs: number): void {
    const message = this.#messages.get(firstSeq);
    if (message) this.#write({ ...message, dueMs: nowMs + REFUSED_RETRY_MS });
  }

  /** What D1 is not known to have: messages that were sent, and those that what is pending will become. Only the last of these may grow. */
  unconfirmed(): MessageRange[] {
    const sent = [...this.#messages.values()].filter(({ firstSeq }) => !this.#confirmed.has(firstSeq));
    return [...sent, ...planMessages(this.#pending, Number.POSITIVE_INFINITY)];
  }

  /** Notes that D1 has a message; true if that is news. */
  confirm({ firstSeq, lastSeq }: MessageRange): boolean {
    if (!this.#messages.has(firstSeq) || this.#confirmed.has(firstSeq)) return false;
    this.#confirmed.set(firstSeq, { firstSeq, lastSeq });
    return true;
  }

  hasConfirmed(): boolean {
    return this.#confirmed.size > 0;
  }

  /** Drops confirmed messages from the journal. The caller writes the snapshot in the same event. */
  forgetConfirmed(): void {
    for (const range of this.#confirmed.values()) {
      this.#journal.forget(range);
      this.#messages.delete(range.firstSeq);
    }
    this.#confirmed.clear();
  }

  /** A message came to the dead-letter queue. `forGood`: sending it again by itself would change nothing. */
  fail({ firstSeq }: MessageRange, reason: string, forGood: boolean, nowMs: number): void {
    const message = this.#messages.get(firstSeq);
    if (!message) return;
    this.#write({
      ...message,
      failedMs: nowMs,
      reason,
      dueMs: forGood ? undefined : resendDueAt(nowMs, message.attempts + 3),
    });
  }

  /** Sends a failed message at once; false if there is none of that name. */
  replay(firstSeq: number, nowMs: number): boolean {
    const message = this.#messages.get(firstSeq);
    if (message?.failedMs === undefined) return false;
    this.#write({ ...message, failedMs: undefined, reason: undefined, attempts: 0, dueMs: nowMs });
    return true;
  }

  /** Drops a failed message from the journal. The caller writes the snapshot in the same event. Answers its records. */
  discard(firstSeq: number): number {
    const message = this.#messages.get(firstSeq);
    if (message?.failedMs === undefined) return 0;
    this.#messages.delete(firstSeq);
    this.#journal.forget(message);
    return message.lastSeq - firstSeq + 1;
  }

  failed(): SentMessage[] {
    return [...this.#messages.values()].filter(({ failedMs }) => failedMs !== undefined);
  }

  #write(message: SentMessage): void {
    this.#messages.set(message.firstSeq, message);
    this.#journal.writeMessage(message);
  }
}
