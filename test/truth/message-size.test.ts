import { serialize } from "node:v8";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { DeliveryMessage } from "../../core/delivery/message.ts";
import type { PendingPack } from "../../core/delivery/message-plan.ts";
import { planOf, takenAt } from "../core/delivery/planned.ts";

/** What a queue takes, less the 100 bytes or so that it adds. Source: Cloudflare Queues, limits. */
const QUEUE_BYTES = 128_000 - 100;
/** Late in the life of a stream, when its numbers are written as doubles. */
const FIRST_SEQ = Number.MAX_SAFE_INTEGER - 10_000_000;
const RECEIVED_MS = 1_795_340_806_780;

/** As a stream sends it: the queue's own content type is the structured clone that `serialize` writes. */
function messageOf(packs: readonly PendingPack[]): DeliveryMessage {
  return {
    service: "s".repeat(63),
    shard: 63,
    firstSeq: FIRST_SEQ,
    lastSeq: Number.MAX_SAFE_INTEGER,
    packs: packs.map(({ firstSeq, count, receivedMs, bytes }) => ({
      ...{ firstSeq, count, receivedMs },
      body: new Uint8Array(bytes),
    })),
    sentMs: RECEIVED_MS + 60_000,
    requestIds: Array.from({ length: 8 }, () => "0".repeat(36)),
  };
}

it("plans no message of several packs that the queue would refuse for its size", () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 1_500 }), fc.integer({ min: 1_000, max: 100_000 }));
  fc.assert(
    fc.property(fc.array(sizes, { minLength: 2, maxLength: 1_200 }), (bytes) => {
      const packs = bytes.map(
        (each, at): PendingPack => ({
          ...{ firstSeq: FIRST_SEQ + at * 2_000, count: 2_000, receivedMs: RECEIVED_MS },
          ...{ bytes: each, plainBytes: 10 },
        }),
      );
      for (const { firstSeq, lastSeq } of takenAt(planOf(packs), RECEIVED_MS + 60_000)) {
        const held = packs.filter((pack) => pack.firstSeq >= firstSeq && pack.firstSeq <= lastSeq);
        expect(serialize(messageOf(held)).length).toBeLessThanOrEqual(QUEUE_BYTES);
      }
    }),
    // Twelve hundred packs of one byte, and two that fill a message to the last byte, whatever is drawn.
    { numRuns: 60, examples: [[Array(1_200).fill(1)], [[62_350, 62_350]], [[100_000, 24_700]]] },
  );
});
