import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_WAIT_MS,
  MESSAGE_BYTES,
  MESSAGE_PLAIN_BYTES,
  type PendingPack,
} from "../../../core/delivery/message-plan.ts";
import { planOf, takenAt } from "./planned.ts";

const NOW = 1_000_000;
const old = { receivedMs: NOW - MAX_WAIT_MS };
/** What a pack takes beside its payload. */
const ENVELOPE = 150;

function packsOf(parts: Partial<PendingPack>[]): PendingPack[] {
  let next = 1;
  return parts.map((part) => {
    const pack = { firstSeq: next, count: 10, receivedMs: NOW, bytes: 1_000, plainBytes: 5_000, ...part };
    next += pack.count;
    return pack;
  });
}
const rangesOf = (parts: Partial<PendingPack>[]) =>
  takenAt(planOf(packsOf(parts)), NOW).map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]);

describe("MessagePlan", () => {
  it("has nothing to take while its message is neither full nor old", () => {
    expect(rangesOf([{}, {}])).toEqual([]);
  });

  it("gives what is old, together", () => {
    expect(takenAt(planOf(packsOf([old, {}, {}])), NOW)).toEqual([{ firstSeq: 1, lastSeq: 30, bytes: 3_000 }]);
  });

  it.each<[string, Partial<PendingPack>, Partial<PendingPack>]>([
    ["bytes", { bytes: 80_000 }, { bytes: MESSAGE_BYTES - 80_000 - 2 * ENVELOPE }],
    ["plain text", { plainBytes: 700_000 }, { plainBytes: MESSAGE_PLAIN_BYTES - 700_000 }],
  ])("fills a message to its bound in %s, and cuts one past it", (_name, one, rest) => {
    const [[name, size]] = Object.entries(rest) as [[string, number]];
    expect(rangesOf([{ ...old, ...one }, rest])).toEqual([[1, 20]]);
    expect(rangesOf([{ ...old, ...one }, { [name]: size + 1 }])).toEqual([[1, 10]]);
  });

  it("gives a pack alone that is too large for any message", () => {
    expect(rangesOf([{ ...old, bytes: 200_000 }, old])).toEqual([
      [1, 10],
      [11, 20],
    ]);
  });

  it("is due at once when full, else when the oldest has waited", () => {
    expect(planOf([]).dueAt(NOW)).toBeUndefined();
    expect(planOf(packsOf([{ receivedMs: NOW - 1 }, {}])).dueAt(NOW)).toBe(NOW - 1 + MAX_WAIT_MS);
    expect(planOf(packsOf([{ bytes: MESSAGE_BYTES - ENVELOPE }])).dueAt(NOW)).toBe(NOW);
    expect(planOf(packsOf([{ plainBytes: MESSAGE_PLAIN_BYTES }])).dueAt(NOW)).toBe(NOW);
  });

  it("cuts any packs into contiguous messages within the bounds, and tells of them before they are taken", () => {
    const pack = fc.record({
      count: fc.integer({ min: 1, max: 2_000 }),
      bytes: fc.integer({ min: 20, max: 100_000 }),
      plainBytes: fc.integer({ min: 20, max: MESSAGE_PLAIN_BYTES }),
    });
    fc.assert(
      fc.property(fc.array(pack, { minLength: 1, maxLength: 40 }), fc.nat(8), (parts, takenBefore) => {
        const packs = packsOf(parts.map((part) => ({ ...part, ...old })));
        const plan = planOf(packs);
        const told = plan.all();
        const taken = Array.from({ length: takenBefore }, () => plan.take(NOW)).filter((one) => one !== undefined);
        expect([...taken, ...plan.all()]).toEqual(told);
        let next = 1;
        for (const { firstSeq, lastSeq, bytes } of [...taken, ...takenAt(plan, NOW)]) {
          expect(firstSeq).toBe(next);
          next = lastSeq + 1;
          const held = packs.filter((each) => each.firstSeq >= firstSeq && each.firstSeq <= lastSeq);
          expect(held.reduce((sum, each) => sum + each.bytes, 0)).toBe(bytes);
          if (held.length === 1) continue;
          expect(bytes + held.length * ENVELOPE).toBeLessThanOrEqual(MESSAGE_BYTES);
          expect(held.reduce((sum, { plainBytes }) => sum + plainBytes, 0)).toBeLessThanOrEqual(MESSAGE_PLAIN_BYTES);
        }
        expect(next).toBe(packs.at(-1)!.firstSeq + packs.at(-1)!.count);
        expect(plan.all()).toEqual([]);
      }),
    );
  });
});
