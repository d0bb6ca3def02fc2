import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COUNTED, DIMENSIONS } from "../../../core/summary/dimensions.ts";
import { durationsOf, levelsOf, statusClassesOf, topOf } from "../../../core/summary/read-summary.ts";
import { emptySummary, merge } from "../../../core/summary/summary.ts";
import { answersOf, anyRecord, recordOf, summaryOf } from "./records.ts";

const anySummary = fc.array(anyRecord, { maxLength: 40 }).map(summaryOf);

describe("a summary", () => {
  it("counts what its records hold", () => {
    const summary = summaryOf([
      recordOf({ level: "info", status: 200, bytes: 10, durationMs: 5, path: "/a", ip: "10.0.0.1", userId: "u1" }),
      recordOf({ level: "error", status: 503, bytes: 7, durationMs: 5, path: "/a", ip: "10.0.0.2", user: "alice" }),
      recordOf({ status: 204, path: "/b", ip: "10.0.0.2" }),
      recordOf({ status: 0 }),
    ]);
    const answers = answersOf(summary);
    expect(answers).toMatchObject({ count: 4, bytes: 17, ips: 2, users: 2, durations: { max: 5, avg: 5 } });
    expect(levelsOf(summary)).toEqual({ info: 1, error: 1, unknown: 2 });
    expect(statusClassesOf(summary)).toEqual({ other: 1, "2xx": 2, "5xx": 1 });
    expect(topOf(summary, "path", 1)).toEqual({ values: [{ value: "/a", count: 2 }], other: 1, errorBound: 0 });
    expect(topOf(summary, "level", 5)).toEqual({
      values: [
        { value: "error", count: 1 },
        { value: "info", count: 1 },
      ],
      other: 0,
      errorBound: 0,
    });
  });

  it.each(COUNTED)("counts every %s", (dimension) => {
    const summary = summaryOf([recordOf({ [dimension]: "x" }), recordOf({ [dimension]: "x" })]);
    const tops = DIMENSIONS.filter((each) => each !== "level" && topOf(summary, each, 1).values.length > 0);
    expect(tops).toEqual([dimension]);
    expect(topOf(summary, dimension, 1).values).toEqual([{ value: "x", count: 2 }]);
  });

  it("has no durations and no tops when it is empty", () => {
    expect(durationsOf(emptySummary())).toBeUndefined();
    expect(topOf(emptySummary(), "path", 10)).toEqual({ values: [], other: 0, errorBound: 0 });
  });
});

describe("merge", () => {
  it("equals the summary of all records", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 40 }), fc.array(anyRecord, { maxLength: 40 }), (a, b) => {
        expect(answersOf(merge(summaryOf(a), summaryOf(b)))).toEqual(answersOf(summaryOf([...a, ...b])));
      }),
    );
  });

  it("is associative and commutative", () => {
    fc.assert(
      fc.property(anySummary, anySummary, anySummary, (a, b, c) => {
        expect(answersOf(merge(merge(a, b), c))).toEqual(answersOf(merge(a, merge(c, b))));
      }),
    );
  });

  it("has the empty summary as identity", () => {
    fc.assert(
      fc.property(anySummary, (a) => {
        expect(answersOf(merge(a, emptySummary()))).toEqual(answersOf(a));
        expect(answersOf(merge(emptySummary(), a))).toEqual(answersOf(a));
      }),
    );
  });

  it("changes neither argument", () => {
    fc.assert(
      fc.property(anySummary, anySummary, (a, b) => {
        const before = [answersOf(a), answersOf(b)];
        merge(a, b, 2);
        expect([answersOf(a), answersOf(b)]).toEqual(before);
      }),
    );
  });
});
