import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifyRanges } from "../../../core/delivery/verify-ranges.ts";

const range = (firstSeq: number, lastSeq: number) => ({ firstSeq, lastSeq });

describe("verifyRanges", () => {
  it.each([
    ["nothing of nothing", [], 0, { isComplete: true, records: 0, gaps: [], overlaps: [] }],
    ["everything", [range(1, 3), range(4, 9)], 9, { isComplete: true, records: 9 }],
    ["a gap inside", [range(1, 3), range(6, 9)], 9, { isComplete: false, records: 7, gaps: [range(4, 5)] }],
    ["a gap before", [range(3, 9)], 9, { gaps: [range(1, 2)] }],
    ["a gap behind", [range(1, 3)], 9, { gaps: [range(4, 9)] }],
    ["an overlap", [range(1, 5), range(4, 9)], 9, { isComplete: false, records: 9, overlaps: [range(4, 5)] }],
    ["a range within another", [range(1, 9), range(4, 5)], 9, { records: 9, overlaps: [range(4, 5)] }],
  ])("%s", (_name, ranges, expected, completeness) => {
    expect(verifyRanges(ranges, expected)).toMatchObject(completeness);
  });

  it("finds exactly the seqs that are missing and those that are there twice", () => {
    const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(ranges, (pairs) => {
        const list = pairs
          .map(([first, length]) => range(first, first + length))
          .sort((a, b) => a.firstSeq - b.firstSeq);
        const { gaps, records, isComplete } = verifyRanges(list, 70);
        const covered = new Set(
          list.flatMap(({ firstSeq, lastSeq }) =>
            Array.from({ length: lastSeq - firstSeq + 1 }, (_, at) => firstSeq + at),
          ),
        );
        const missing = gaps.flatMap(({ firstSeq, lastSeq }) =>
          Array.from({ length: lastSeq - firstSeq + 1 }, (_, at) => firstSeq + at),
        );
        expect(missing).toEqual(Array.from({ length: 70 }, (_, at) => at + 1).filter((seq) => !covered.has(seq)));
        expect(records).toBe(covered.size);
        const total = list.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0);
        expect(isComplete).toBe(missing.length === 0 && total === covered.size);
      }),
    );
  });
});
