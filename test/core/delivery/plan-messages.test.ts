import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_WAIT_MS,
  MESSAGE_BYTES,
  type PendingPack,
  planMessages,
  resendDueAt,
  sendDueAt,
} from "../../../core/delivery/plan-messages.ts";

const NOW = 1_000_000;
const old = { receivedMs: NOW - MAX_WAIT_MS };

function packsOf(parts: Partial<PendingPack>[]): PendingPack[] {
  let next = 1;
  return parts.map((part) => {
    const pack = { firstSeq: next, count: 10, receivedMs: NOW, bytes: 1_000, plainChars: 5_000, ...part };
    next += pack.count;
    return pack;
  });
}

describe("planMessages", () => {
  it("waits while a message is neither full nor old", () => {
    expect(planMessages(packsOf([{}, {}]), NOW)).toEqual([]);
  });

  it("sends what is old, together", () => {
    expect(planMessages(packsOf([old, {}, {}]), NOW)).toEqual([{ firstSeq: 1, lastSeq: 30 }]);
  });

  it("cuts before a message is too large, in bytes or in plain text", () => {
    expect(planMessages(packsOf([{ bytes: 80_000 }, { bytes: 80_000 }]), NOW)).toEqual([{ firstSeq: 1, lastSeq: 10 }]);
    expect(planMessages(packsOf([{ plainChars: 400_000 }, { plainChars: 400_000 }]), NOW)).toEqual([
      { firstSeq: 1, lastSeq: 10 },
    ]);
  });

  it("sends a pack alone that is too large for any message", () => {
    expect(planMessages(packsOf([{ ...old, bytes: 200_000 }, old]), NOW)).toEqual([
      { firstSeq: 1, lastSeq: 10 },
      { firstSeq: 11, lastSeq: 20 },
    ]);
  });

  it("cuts any packs into contiguous messages within the bounds", () => {
    const pack = fc.record({
      count: fc.integer({ min: 1, max: 2_000 }),
      bytes: fc.integer({ min: 20, max: 100_000 }),
      plainChars: fc.integer({ min: 20, max: 600_000 }),
    });
    fc.assert(
      fc.property(fc.array(pack, { minLength: 1, maxLength: 40 }), (parts) => {
        const packs = packsOf(parts.map((part) => ({ ...part, ...old })));
        const messages = planMessages(packs, NOW);
        let next = 1;
        for (const { firstSeq, lastSeq } of messages) {
          expect(firstSeq).toBe(next);
          next = lastSeq + 1;
          const held = packs.filter((each) => each.firstSeq >= firstSeq && each.firstSeq <= lastSeq);
          if (held.length > 1)
            expect(held.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(MESSAGE_BYTES);
        }
        expect(next).toBe(packs.at(-1)!.firstSeq + packs.at(-1)!.count);
      }),
    );
  });
});

it("is due at once when full, else when the oldest has waited", () => {
  expect(sendDueAt(0, undefined, NOW)).toBeUndefined();
  expect(sendDueAt(MESSAGE_BYTES, NOW - 1, NOW)).toBe(NOW);
  expect(sendDueAt(10, NOW - 1, NOW)).toBe(NOW - 1 + MAX_WAIT_MS);
});

it("sends again after 30 s, twice as long each time, ten minutes at most", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((attempts) => resendDueAt(0, attempts) / 1_000)).toEqual([
    30, 60, 120, 240, 480, 600, 600,
  ]);
});
