import { describe, expect, it } from "vitest";
import { type AppliedMessage, MAX_SEALED_RECORDS, planSeals } from "../../../core/segment/plan-seal.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = 100 * HOUR_MS;

const message = (
  firstSeq: number,
  lastSeq: number,
  hoursAgo: number,
  more: Partial<AppliedMessage> = {},
): AppliedMessage => ({
  firstSeq,
  lastSeq,
  receivedMs: NOW_MS - hoursAgo * HOUR_MS,
  minMs: firstSeq * 10,
  maxMs: lastSeq * 10,
  spilled: 0,
  ...more,
});
const plan = (...applied: AppliedMessage[]) => planSeals(applied, 0, NOW_MS, NOW_MS);
const ranges = ({ seals }: ReturnType<typeof plan>) => seals.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]);

describe("planSeals", () => {
  it("takes the messages of an hour together, and each hour alone", () => {
    const planned = plan(message(1, 10, 3), message(11, 30, 2.9), message(31, 40, 2));
    expect(ranges(planned)).toEqual([
      [1, 30],
      [31, 40],
    ]);
    expect(planned.seals[0]).toMatchObject({ records: 30, minMs: 10, maxMs: 300 });
    expect(planned.doneSeq).toBe(40);
  });

  it("leaves the hour that is not closed", () => {
    expect(plan(message(1, 10, 1), message(11, 20, 0))).toMatchObject({ doneSeq: 10 });
  });

  it("waits for a missing message for a day, and no longer", () => {
    expect(plan(message(1, 10, 30), message(21, 30, 24.9))).toMatchObject({ doneSeq: 10 });
    expect(plan(message(1, 10, 30), message(21, 30, 25))).toMatchObject({ doneSeq: 30 });
  });

  it("passes over what was spilled", () => {
    const planned = plan(message(1, 10, 3, { spilled: 1 }), message(11, 20, 3), message(21, 30, 3, { spilled: 1 }));
    expect(ranges(planned)).toEqual([[11, 20]]);
    expect(planned.doneSeq).toBe(30);
  });

  it("knows its own messages from spilled ones between them", () => {
    const spilled = { spilled: 1 };
    const planned = plan(message(1, 10, 3), message(11, 20, 3), message(21, 30, 3, spilled), message(31, 40, 3));
    expect(planned.seals).toMatchObject([
      {
        firstSeq: 1,
        lastSeq: 40,
        records: 30,
        runs: [
          [1, 20],
          [31, 40],
        ],
      },
    ]);
  });

  it("keeps to the size of a segment, but for a message that is larger", () => {
    const half = MAX_SEALED_RECORDS / 2;
    expect(ranges(plan(message(1, half, 3), message(half + 1, half * 2, 3)))).toHaveLength(1);
    expect(ranges(plan(message(1, half, 3), message(half + 1, half * 2 + 1, 3)))).toHaveLength(2);
    expect(ranges(plan(message(1, half * 4, 3)))).toHaveLength(1);
  });

  it("looks everywhere for records whose times were not kept", () => {
    expect(plan(message(1, 10, 3, { minMs: null, maxMs: null })).seals[0]).toMatchObject({
      minMs: -8.64e15,
      maxMs: 8.64e15,
    });
  });
});
