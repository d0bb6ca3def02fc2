import { describe, expect, it } from "vitest";
import { replay } from "../../../tools/simulate/replay.ts";

const line = (second: number) =>
  `1.1.1.1 - - [10/Nov/2026:10:00:${String(second).padStart(2, "0")} +0000] "GET / HTTP/1.1" 200 1`;
const START = Date.UTC(2026, 10, 22, 8);
const paced = { speed: 10, retime: false, startMs: START, lastMs: undefined };

describe("replay", () => {
  it("keeps the distances between lines, divided by the speed", () => {
    const next = replay(paced);
    expect([0, 10, 30].map((second) => next(line(second)).dueMs - START)).toEqual([0, 1_000, 3_000]);
  });

  it("sends a line that runs backwards, or has no time, with its predecessor", () => {
    const next = replay(paced);
    const due = [line(20), line(40), line(25), "\tat main.js:1", line(50)].map((text) => next(text).dueMs - START);
    expect(due).toEqual([0, 2_000, 2_000, 2_000, 3_000]);
  });

  it("leaves lines as they are", () => {
    expect(replay(paced)(line(5)).line).toBe(line(5));
  });

  it("writes the moment of sending into a retimed line", () => {
    const next = replay({ ...paced, retime: true });
    next(line(0));
    expect(next(line(40)).line).toContain("[22/Nov/2026:08:00:04 +0000]");
  });

  it("waits for nothing at full speed, and ends the retimed log now", () => {
    const next = replay({ speed: Infinity, retime: true, startMs: START, lastMs: Date.UTC(2026, 10, 10, 10, 0, 40) });
    const { line: first, dueMs } = next(line(0));
    expect(dueMs).toBe(START);
    expect(first).toContain("[22/Nov/2026:07:59:20 +0000]");
    expect(next(line(40)).line).toContain("[22/Nov/2026:08:00:00 +0000]");
  });
});
