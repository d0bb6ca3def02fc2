import type { Confirmation, MessageRange } from "../core/delivery/message.ts";
import { MessagePlan, type PendingPack } from "../core/delivery/message-plan.ts";
import { patienceMs, SendWindow } from "../core/delivery/send-window.ts";
import type { Journal, SentMessage } from "./journal.ts";

/** Messages taken at once: a few, so that their bodies never fill the memory. */
const MESSAGES_PER_ROUND = 4;
/** A message that the queue did not take is tried again after this long. */
const REFUSED_RETRY_MS = 2_000;
/** An object that wakes may have slept because the process died, and a local queue dies with it: what was sent is sent again soon. */
const AFTER_WAKE_MS = 2_000;
/** A dead letter is sent again by itself as if it had been sent so much oftener. */
const DEAD_LETTER_ATTEMPTS = 3;

interface KnownMessage extends SentMessage {
  /** Of its payloads. */
  bytes: number;
}

/**
 * What of the journal has been sent and what has not. Mirrors the journal's tables in memory, so that an append
 * reads nothing; the tables are the truth, and the mirror is read from them when the object wakes.
 */
export class Deliveries {
  readonly #journal: Journal;
  readonly #plan = new MessagePlan();
  readonly #window = new SendWindow();
  readonly #messages = new Map<number, KnownMessage>();
  readonly #confirmed = new Map<number, MessageRange>();

  constructor(journal: Journal, nowMs: number) {
    this.#journal = journal;
    const entries = journal.entries();
    let next = 0;
    for (const message of journal.messages()) {
      let bytes = 0;
      for (; next < entries.length && entries[next]!.firstSeq <= message.lastSeq; next++) bytes += entries[next]!.bytes;
      const known = { ...message, bytes };
      this.#messages.set(known.firstSeq, known);
      if (known.failedMs === undefined) this.#window.retryAt(known, nowMs + AFTER_WAKE_MS);
      else if (known.dueMs !== undefined) known.dueMs = Math.min(known.dueMs, nowMs + AFTER_WAKE_MS);
    }
    for (; next < entries.length; next++) this.add(entries[next]!);
  }

  add(pack: PendingPack): void {
    this.#plan.add(pack);
  }

  /** When there is next something to send; undefined when all is confirmed, on its way or waits for a person. */
  dueAt(nowMs: number): number | undefined {
    const dues = [this.#window.overdueAt()];
    if (this.#window.hasRoom()) {
      dues.push(this.#plan.dueAt(nowMs));
      for (const { dueMs } of this.#waiting()) dues.push(dueMs);
    }
    const known = dues.filter((dueMs) => dueMs !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** The next messages to send. Noted as sent before they are: none is forgotten. */
  takeDue(nowMs: number): SentMessage[] {
    const taken: KnownMessage[] = [];
    const take = (message: KnownMessage): void => {
      const attempts = message.attempts + 1;
      const sent = { ...message, attempts, dueMs: nowMs + patienceMs(attempts, 0) };
      this.#write(sent);
      this.#window.sent(sent, nowMs);
      taken.push(sent);
    };
    const hasRoom = () => taken.length < MESSAGES_PER_ROUND && this.#window.hasRoom();
    for (const firstSeq of this.#window.overdue(nowMs).slice(0, MESSAGES_PER_ROUND))
      take(this.#messages.get(firstSeq)!);
    for (const message of this.#waiting()) if (message.dueMs <= nowMs && hasRoom()) take(message);
    while (hasRoom()) {
      const planned = this.#plan.take(nowMs);
      if (!planned) break;
      take({ ...planned, attempts: 0, dueMs: undefined, failedMs: undefined, reason: undefined });
    }
    return taken;
  }

  /** The queue did not take it. It keeps its place in the window: no others are tried in its stead. */
  postpone({ firstSeq }: MessageRange, nowMs: number): void {
    const message = this.#messages.get(firstSeq);
    if (message && !this.#confirmed.has(firstSeq)) this.#window.retryAt(message, nowMs + REFUSED_RETRY_MS);
  }

  /** What D1 is not known to have: messages that were sent, and those that what is pending will become. Only the last of these may grow. */
  unconfirmed(): MessageRange[] {
    const sent = [...this.#messages.values()].filter(({ firstSeq }) => !this.#confirmed.has(firstSeq));
    return [...sent, ...this.#plan.all()];
  }

  /** D1 has these messages. Answers how many records of them were not known to be stored. */
  confirm(confirmations: readonly Confirmation[], nowMs: number): number {
    this.#window.confirm(confirmations, nowMs);
    let records = 0;
    for (const { firstSeq, lastSeq } of confirmations) {
      if (!this.#messages.has(firstSeq) || this.#confirmed.has(firstSeq)) continue;
      this.#confirmed.set(firstSeq, { firstSeq, lastSeq });
      records += lastSeq - firstSeq + 1;
    }
    return records;
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
    this.#window.remove(firstSeq);
    const dueMs = forGood ? undefined : nowMs + patienceMs(message.attempts + DEAD_LETTER_ATTEMPTS, 0);
    this.#write({ ...message, failedMs: nowMs, reason, dueMs });
  }

  /** Sends a failed message at once; false if there is none of that name. */
  replay(firstSeq: number, nowMs: number): boolean {
    const message = this.#messages.get(firstSeq);
    if (message?.failedMs === undefined) return false;
    const again = { ...message, failedMs: undefined, reason: undefined, attempts: 0, dueMs: nowMs };
    this.#write(again);
    this.#window.retryAt(again, nowMs);
    return true;
  }

  /** Drops a failed message from the journal. The caller writes the snapshot in the same event. Answers its records. */
  discard(firstSeq: number): number {
    const message = this.#messages.get(firstSeq);
    if (message?.failedMs === undefined) return 0;
    this.#window.remove(firstSeq);
    this.#messages.delete(firstSeq);
    this.#journal.forget(message);
    return message.lastSeq - firstSeq + 1;
  }

  failed(): SentMessage[] {
    return [...this.#messages.values()].filter(({ failedMs }) => failedMs !== undefined);
  }

  /** Dead letters that are sent again by themselves. */
  #waiting(): (KnownMessage & { dueMs: number })[] {
    return [...this.#messages.values()].filter(
      (message): message is KnownMessage & { dueMs: number } =>
        message.failedMs !== undefined &&
        message.dueMs !== undefined &&
        !this.#window.has(message.firstSeq) &&
        !this.#confirmed.has(message.firstSeq),
    );
  }

  #write(message: KnownMessage): void {
    this.#messages.set(message.firstSeq, message);
    this.#journal.writeMessage(message);
  }
}
