import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, type StoredRecord } from "../../../tools/chaos/judge.ts";

/** Records of shard 0 with these marks, numbered as they come. */
const stored = (...marks: number[]): StoredRecord[] =>
  marks.map((mark, i) => ({ shard: 0, seq: i + 1, attrs: { mark } }));
const sent = (acknowledged: number[], abandoned: number[] = []) => ({
  acknowledged: new Set(acknowledged),
  abandoned: new Set(abandoned),
});

describe("judge is content with", () => {
  it.each([
    ["every acknowledged line stored once", sent([1, 2, 3]), stored(3, 1, 2)],
    ["an abandoned line stored", sent([1], [2]), stored(1, 2)],
    ["an abandoned line not stored", sent([1], [2]), stored(1)],
    ["shards that count for themselves", sent([1, 2]), [...stored(1), { shard: 1, seq: 1, attrs: { mark: 2 } }]],
    ["nothing sent and nothing stored", sent([]), []],
  ])("%s", (_name, lines, records) => {
    expect(judge(lines, records)).toEqual([]);
  });
});

describe("judge finds", () => {
  it.each([
    ["a lost line", sent([1, 2]), stored(1), "1 acknowledged lines lost (2)"],
    ["a doubled line", sent([1]), stored(1, 1), "1 lines stored twice (1)"],
    ["a doubled abandoned line", sent([1], [2]), stored(1, 2, 2), "1 lines stored twice (2)"],
    ["a line from nowhere", sent([1]), stored(1, 7), "1 stored lines were never sent (7)"],
    ["a record without a mark", sent([1]), [...stored(1), { shard: 0, seq: 2 }], "1 stored lines were never sent (-1)"],
    [
      "a gap in the seqs",
      sent([1, 2]),
      [...stored(1), { shard: 0, seq: 3, attrs: { mark: 2 } }],
      "1 seqs of shard 0 out of order (3)",
    ],
    [
      "a seq given twice",
      sent([1, 2]),
      [...stored(1), { shard: 0, seq: 1, attrs: { mark: 2 } }],
      "1 seqs of shard 0 out of order (1)",
    ],
  ])("%s", (_name, lines, records, complaint) => {
    expect(judge(lines, records)).toEqual([complaint]);
  });

  it("any line taken away from, or doubled in, what was right", () => {
    const marks = fc.uniqueArray(fc.nat(1_000), { minLength: 1 });
    fc.assert(
      fc.property(marks, fc.nat(), fc.boolean(), (all, pick, isLoss) => {
        const at = pick % all.length;
        const changed = isLoss ? all.toSpliced(at, 1) : [...all, all[at]!];
        expect(judge(sent(all), stored(...changed))).toHaveLength(1);
      }),
    );
  });
});
