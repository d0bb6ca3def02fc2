import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordJson } from "../../../core/record-json.ts";
import { figuresOf } from "../../../core/stats/bucket-json.ts";
import { changeOf, relativeChange } from "../../../core/stats/change-of.ts";
import { Groups, MAX_GROUPS } from "../../../core/stats/groups.ts";
import { groupsOfSummaries } from "../../../core/stats/groups-of-summaries.ts";
import { emptySummary } from "../../../core/summary/summary.ts";
import { anyRecord, summaryOf } from "../summary/records.ts";

const record = (more: Partial<RecordJson>): RecordJson =>
  ({ service: "web", shard: 0, seq: 1, time: "", parser: "json", source: "memory", ...more }) as RecordJson;

describe("Groups", () => {
  it("counts by values and step, the largest first, among equals by their values", () => {
    const groups = new Groups(2);
    groups.add(record({ bytes: 10, durationMs: 1_234.5678 }), ["/b", "GET"], 0);
    groups.add(record({ bytes: 5, level: "error" }), ["/b", "GET"], 1);
    groups.add(record({ level: "fatal" }), ["/b", undefined], 1);
    groups.add(record({}), ["/a", "GET"], 5);
    expect(groups.top(["path", "method"], 2)).toEqual([
      {
        key: { path: "/b", method: "GET" },
        count: 2,
        counts: [1, 1],
        errors: 1,
        bytes: 15,
        durationMs: expect.objectContaining({ max: 1_234.5678, p50: 1_234.3 }),
      },
      { key: { path: "/a", method: "GET" }, count: 1, counts: [0, 0], errors: 0, bytes: 0 },
    ]);
    expect(groups.top(["path", "method"], 9)[2]).toMatchObject({ key: { path: "/b", method: null }, errors: 1 });
  });

  it("counts every record once, as a plain count does", () => {
    const value = fc.constantFrom("a", "b", "c", undefined);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 60 }), (pairs) => {
        const groups = new Groups(1);
        const counts = new Map<string, number>();
        for (const [one, other] of pairs) {
          groups.add(record({}), [one, other], 0);
          const name = JSON.stringify([one ?? null, other ?? null]);
          counts.set(name, (counts.get(name) ?? 0) + 1);
        }
        const told = groups.top(["x", "y"], 100);
        expect(new Map(told.map(({ key, count }) => [JSON.stringify([key.x, key.y]), count]))).toEqual(counts);
        expect(groups.total).toBe(pairs.length);
      }),
    );
  });

  it("follows so many groups, and counts the rest together", () => {
    const groups = new Groups(1);
    for (let n = 0; n < MAX_GROUPS; n++) groups.add(record({}), [`${n}`], 0);
    expect(groups.untold).toBe(0);
    groups.add(record({}), ["one more"], 0);
    groups.add(record({}), ["0"], 0);
    expect(groups.untold).toBe(1);
    expect(groups.top(["x"], 1)).toMatchObject([{ key: { x: "0" }, count: 2 }]);
  });
});

it("groupsOfSummaries counts each value in each bucket as the records do", () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyRecord, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), (steps) => {
      const buckets = steps.map((records, at) => ({ startMs: at, summary: summaryOf(records) }));
      for (const dimension of ["status", "level", "path", "method"] as const) {
        const { groups, errorBound } = groupsOfSummaries(buckets, dimension, "x", 1_000);
        if (dimension === "level" || dimension === "method") expect(errorBound).toBe(0);
        for (const { key, count, counts } of groups) {
          const expected = steps.map((records) => records.filter((each) => `${each[dimension]}` === key.x).length);
          if (key.x!.length <= 256) expect(counts).toEqual(expected);
          expect(counts.reduce((sum, each) => sum + each, 0)).toBe(count);
        }
      }
    }),
    { numRuns: 50 },
  );
});

describe("changeOf", () => {
  it("is relative, and null where there was nothing", () => {
    const empty = figuresOf(emptySummary());
    const now = { ...empty, count: 150, levels: { error: 2, fatal: 1 }, statuses: { "5xx": 0 }, bytes: 10 };
    const before = { ...empty, count: 100, levels: { fatal: 2 }, statuses: { "5xx": 4 } };
    expect(changeOf(now, before)).toEqual({
      count: 0.5,
      errors: 0.5,
      serverErrors: -1,
      bytes: null,
      uniqueIps: null,
      uniqueUsers: null,
      p95: null,
    });
    expect(relativeChange(1, 3)).toBe(-0.6667);
  });
});
