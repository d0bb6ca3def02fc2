import { ByteBudget } from "../../core/segment/byte-budget.ts";

/** What all questions of an isolate hold of segments at once, decoded. It has 128 MB for everything, and batches come in beside. */
const MAX_BYTES = 32_000_000;
/** Longer than any question reads (scan-segments.ts); what is older belongs to a request that was cancelled. */
const LEASE_MS = 30_000;
/** The one who gives back may be another request, and a request that waits for nothing but another one is ended as hung. */
const ASK_AGAIN_MS = 4;

export const readingBudget = new ByteBudget(MAX_BYTES, LEASE_MS);

/** What can be had at once; undefined where it has to be waited for. */
export const takeNow = (bytes: number): number | undefined => readingBudget.take(bytes, Date.now());

/** Waits for its turn; undefined where it has not come by `untilMs`. */
export async function takeInTurn(bytes: number, untilMs: number): Promise<number | undefined> {
  const waiter = Symbol();
  for (;;) {
    const nowMs = Date.now();
    const lease = readingBudget.take(bytes, nowMs, waiter);
    if (lease !== undefined || nowMs >= untilMs) return lease;
    await scheduler.wait(ASK_AGAIN_MS);
  }
}
