import type { MessageRange } from "./message.ts";

/** A journalled pack that no message holds yet. */
export interface PendingPack {
  firstSeq: number;
  count: number;
  receivedMs: number;
  /** Of its payload, compressed. */
  bytes: number;
  plainChars: number;
}

/**
 * Queues bill by 64,000 bytes begun and take 128,000, with their own envelope. Two such units cost what two messages cost, and
 * are one transaction of the database instead of two; a pack of 1,000 lines takes three quarters of a unit.
 */
export const MESSAGE_BYTES = 125_000;
/** One message is one bound parameter of at most 2,000,000 bytes in D1; a UTF-16 unit takes 3 at most. */
export const MESSAGE_CHARS = 600_000;
/** What a pack takes in a message beside its payload: names and numbers, as structured clone writes them. */
const ENVELOPE_BYTES = 150;

/** Pending packs are sent when they fill a message, or when the oldest has waited this long. */
export const MAX_WAIT_MS = 500;

/**
 * Cuts pending packs (in order of seq) into messages. The last one is left out while it is neither full nor old.
 */
export function planMessages(pending: readonly PendingPack[], nowMs: number): MessageRange[] {
  const messages: MessageRange[] = [];
  let open: (MessageRange & { bytes: number; chars: number; oldestMs: number }) | undefined;
  for (const pack of pending) {
    const bytes = pack.bytes + ENVELOPE_BYTES;
    if (open && (open.bytes + bytes > MESSAGE_BYTES || open.chars + pack.plainChars > MESSAGE_CHARS)) {
      messages.push({ firstSeq: open.firstSeq, lastSeq: open.lastSeq });
      open = undefined;
    }
    open ??= { firstSeq: pack.firstSeq, lastSeq: 0, bytes: 0, chars: 0, oldestMs: pack.receivedMs };
    open.lastSeq = pack.firstSeq + pack.count - 1;
    open.bytes += bytes;
    open.chars += pack.plainChars;
  }
  if (open && nowMs >= open.oldestMs + MAX_WAIT_MS) messages.push({ firstSeq: open.firstSeq, lastSeq: open.lastSeq });
  return messages;
}

/** When pending packs are due: now if they fill a message, else when the oldest has waited long enough. */
export function sendDueAt(pendingBytes: number, oldestMs: number | undefined, nowMs: number): number | undefined {
  if (oldestMs === undefined) return undefined;
  return pendingBytes >= MESSAGE_BYTES ? nowMs : oldestMs + MAX_WAIT_MS;
}

/** An unconfirmed message is sent again after 30 s, then after twice as long each time, 10 minutes at most. */
export function resendDueAt(sentMs: number, attempts: number): number {
  return sentMs + Math.min(30_000 * 2 ** Math.max(0, attempts - 1), 600_000);
}
