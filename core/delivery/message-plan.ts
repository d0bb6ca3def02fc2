import type { MessageRange } from "./message.ts";

/** A journalled pack that no message holds yet. */
export interface PendingPack {
  firstSeq: number;
  count: number;
  receivedMs: number;
  /** Of its payload, compressed. */
  bytes: number;
  /** Of its text in UTF-8. */
  plainBytes: number;
}

/** A message that was not sent yet. */
export interface PlannedMessage extends MessageRange {
  /** Of its payloads. */
  bytes: number;
}

/**
 * Queues bill by 64,000 bytes begun and take 128,000, with their own envelope. Two such units cost what two messages cost, and
 * are one transaction of the database instead of two; a pack of 1,000 lines takes three quarters of a unit.
 */
export const MESSAGE_BYTES = 125_000;
/** One message is one bound parameter of at most 2,000,000 bytes in D1. */
export const MESSAGE_PLAIN_BYTES = 1_900_000;
/** What a pack takes in a message beside its payload: names and numbers, as structured clone writes them. */
const ENVELOPE_BYTES = 150;

/** A message that is not full waits this long for more. */
export const MAX_WAIT_MS = 500;

interface OpenMessage extends PlannedMessage {
  /** With what its packs take beside their payloads. */
  sentBytes: number;
  plainBytes: number;
  oldestMs: number;
}

/**
 * Cuts pending packs, in order of seq, into messages. A message that is full never changes; the last one grows until it
 * is full or taken.
 */
export class MessagePlan {
  /** Those before `#next` were taken. */
  #full: PlannedMessage[] = [];
  #next = 0;
  #open: OpenMessage | undefined;

  add(pack: PendingPack): void {
    const sentBytes = pack.bytes + ENVELOPE_BYTES;
    if (
      this.#open &&
      (this.#open.sentBytes + sentBytes > MESSAGE_BYTES ||
        this.#open.plainBytes + pack.plainBytes > MESSAGE_PLAIN_BYTES)
    ) {
      this.#full.push(rangeOf(this.#open));
      this.#open = undefined;
    }
    this.#open ??= {
      firstSeq: pack.firstSeq,
      lastSeq: 0,
      bytes: 0,
      sentBytes: 0,
      plainBytes: 0,
      oldestMs: pack.receivedMs,
    };
    this.#open.lastSeq = pack.firstSeq + pack.count - 1;
    this.#open.bytes += pack.bytes;
    this.#open.sentBytes += sentBytes;
    this.#open.plainBytes += pack.plainBytes;
  }

  /** When the next message may go: at once if it is full, else when its oldest pack has waited long enough; undefined for none. */
  dueAt(nowMs: number): number | undefined {
    if (this.#next < this.#full.length || (this.#open && isFull(this.#open))) return nowMs;
    return this.#open && this.#open.oldestMs + MAX_WAIT_MS;
  }

  /** The next message, which is planned no longer; undefined while there is none that is due. */
  take(nowMs: number): PlannedMessage | undefined {
    const dueMs = this.dueAt(nowMs);
    if (dueMs === undefined || dueMs > nowMs) return undefined;
    const full = this.#full[this.#next];
    if (!full) {
      const open = rangeOf(this.#open!);
      this.#open = undefined;
      return open;
    }
    this.#next++;
    if (this.#next === this.#full.length) [this.#full, this.#next] = [[], 0];
    return full;
  }

  /** Every message there is, oldest first; only the last one may grow. */
  all(): PlannedMessage[] {
    const full = this.#full.slice(this.#next);
    return this.#open ? [...full, rangeOf(this.#open)] : full;
  }
}

const isFull = ({ sentBytes, plainBytes }: OpenMessage): boolean =>
  sentBytes >= MESSAGE_BYTES || plainBytes >= MESSAGE_PLAIN_BYTES;

const rangeOf = ({ firstSeq, lastSeq, bytes }: OpenMessage): PlannedMessage => ({ firstSeq, lastSeq, bytes });
