import { beforeAll, describe, expect, it, vi } from "vitest";
import type { RecordJson } from "../../../core/record-json.ts";
import { MAX_ROWS, TailBuffer } from "../../../dashboard/tail/tail-buffer.ts";

const record = (seq: number, level: RecordJson["level"] = "info"): RecordJson => ({
  service: "web",
  shard: 0,
  seq,
  time: "2026-11-22T10:00:00.000Z",
  level,
  parser: "json",
  source: "memory",
});
const records = (first: number, last: number): RecordJson[] =>
  Array.from({ length: last - first + 1 }, (_, at) => record(first + at));
const keysOf = (tail: TailBuffer): string[] => tail.rows.map(({ key }) => key);

// What is drawn when is the browser's; nothing is drawn here.
beforeAll(() => void vi.stubGlobal("requestAnimationFrame", () => 0));

describe("TailBuffer", () => {
  it("numbers its lines, so that one that comes can take the place of one that goes", () => {
    const tail = new TailBuffer();
    tail.onRecords(records(1, MAX_ROWS));
    expect(tail.passed).toBe(0);
    tail.onRecords(records(MAX_ROWS + 1, MAX_ROWS + 30));
    expect(tail.passed).toBe(30);
    tail.hold();
    tail.onRecords(records(MAX_ROWS + 31, MAX_ROWS + 40));
    expect(tail.passed).toBe(30);
    tail.release();
    expect(tail.passed).toBe(40);
  });

  it("keeps the last lines and no more", () => {
    const tail = new TailBuffer();
    tail.onRecords(records(1, MAX_ROWS + 20));
    expect(tail.rows).toHaveLength(MAX_ROWS);
    expect(keysOf(tail)[0]).toBe("web/0/21");
  });

  it("shows a record once, however often it arrives", () => {
    const tail = new TailBuffer();
    tail.onRecords(records(1, 3));
    tail.seed(records(2, 2));
    tail.onRecords(records(3, 4));
    expect(keysOf(tail)).toEqual(["web/0/1", "web/0/2", "web/0/3", "web/0/4"]);
    expect(tail.arrived).toBe(4);
  });

  it("puts what was there before ahead of what arrived meanwhile", () => {
    const tail = new TailBuffer();
    tail.onRecords([record(9)]);
    tail.seed(records(7, 8));
    expect(keysOf(tail)).toEqual(["web/0/7", "web/0/8", "web/0/9"]);
  });

  it("takes a later seed in place of an earlier one, in order", () => {
    const tail = new TailBuffer();
    tail.seed(records(5, 6));
    tail.onRecords([record(9)]);
    tail.seed(records(6, 8));
    expect(keysOf(tail)).toEqual(["web/0/6", "web/0/7", "web/0/8", "web/0/9"]);
  });

  it("stands still while held, counts what waits, and shows it afterwards", () => {
    const tail = new TailBuffer();
    tail.onRecords([record(1)]);
    tail.hold();
    tail.onRecords(records(2, 4));
    expect(keysOf(tail)).toEqual(["web/0/1"]);
    expect(tail.waitingCount).toBe(3);
    tail.release();
    expect(keysOf(tail)).toEqual(["web/0/1", "web/0/2", "web/0/3", "web/0/4"]);
    expect(tail.waitingCount).toBe(0);
  });

  it("says how many lines passed where more waited than it keeps", () => {
    const tail = new TailBuffer();
    tail.hold();
    for (let first = 1; first <= MAX_ROWS + 100; first += 100) tail.onRecords(records(first, first + 99));
    tail.release();
    expect(tail.rows).toHaveLength(MAX_ROWS);
    expect(tail.rows[0]).toMatchObject({ kind: "passed", count: 101 });
    expect(tail.rows.at(-1)?.key).toBe(`web/0/${MAX_ROWS + 100}`);
  });

  it("counts what the server left out, and errors for those who listen", () => {
    const tail = new TailBuffer();
    tail.onGap({ type: "gap", service: "web", shard: 0, first: 1, last: 40, count: 40, reason: "rate" });
    tail.onRecords([record(41, "error"), record(42, "fatal"), record(43)]);
    expect(tail.leftOut).toBe(40);
    expect(tail.errors).toBe(2);
    expect(tail.rows[0]).toMatchObject({ kind: "gap" });
  });
});
