import { describe, expect, it } from "vitest";
import { Tail, tailPerFrame } from "../../../core/live/tail.ts";
import { LogRecord } from "../../../core/record.ts";
import type { PlacedRecord } from "../../../core/record-json.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const placed = (count: number, shard = 0, status = 200): PlacedRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    service: "web",
    shard,
    seq: at + 1,
    record: Object.assign(new LogRecord(), { tsMs: NOW_MS + at, message: `line ${at + 1}`, status }),
  }));
const framesOf = (records: PlacedRecord[], q = "") =>
  new Tail("web", records).framesFor(q, NOW_MS).texts.map((text) => JSON.parse(text) as Record<string, unknown>);

it.each([
  [1, 20],
  [300, 20],
  [301, 19],
  [1_000, 6],
  [6_001, 1],
])("gives each of %i watchers %i records a frame", (watchers, records) => {
  expect(tailPerFrame(watchers)).toBe(records);
});

describe("Tail", () => {
  it("shows 20 and says nothing of a gap", () => {
    const frames = framesOf(placed(20));
    expect(frames).toMatchObject([{ type: "tail", service: "web" }]);
    expect(frames[0]!.records).toHaveLength(20);
  });

  it("shows the newest 20 of 21 and numbers the one left out", () => {
    const frames = framesOf(placed(21));
    expect(frames).toMatchObject([
      { type: "gap", shard: 0, first: 1, last: 1, count: 1, reason: "rate" },
      { type: "tail" },
    ]);
    expect((frames[1]!.records as { seq: number }[]).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 2),
    );
  });

  it("numbers what it leaves out of each shard", () => {
    const frames = framesOf([...placed(15, 0), ...placed(15, 1)]);
    expect(frames[0]).toMatchObject({ type: "gap", shard: 0, first: 1, last: 10, count: 10 });
    const both = framesOf([...placed(30, 0), ...placed(30, 1)]);
    expect(both).toMatchObject([
      { type: "gap", shard: 0, first: 1, last: 30, count: 30 },
      { type: "gap", shard: 1, first: 1, last: 10, count: 10 },
      { type: "tail" },
    ]);
  });

  it("counts only what matches", () => {
    const frames = framesOf([...placed(30, 0), ...placed(3, 0, 503)], "status:>=500");
    expect(frames).toHaveLength(1);
    expect(frames[0]!.records).toHaveLength(3);
  });

  it("gives every watcher of a filter the very same frames", () => {
    const tail = new Tail("web", placed(3));
    expect(tail.framesFor("status:200", NOW_MS)).toBe(tail.framesFor("status:200", NOW_MS));
    expect(tail.framesFor("", NOW_MS).newest?.seq).toBe(3);
  });

  it("shows nothing for what is no filter", () => {
    expect(framesOf(placed(3), "status:>=")).toEqual([]);
  });
});
