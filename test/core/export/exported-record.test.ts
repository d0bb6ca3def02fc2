import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportedRecord } from "../../../core/export/exported-record.ts";
import { ndjsonLine } from "../../../core/export/ndjson-line.ts";
import { safeJson } from "../../../core/export/safe-text.ts";
import { FLAGS } from "../../../core/record.ts";
import { recordJson } from "../../../core/record-json.ts";
import { placed } from "../query/arbitraries/record.ts";

const inJson = (record: Parameters<typeof recordJson>[0]["record"]) =>
  JSON.parse(JSON.stringify(recordJson({ service: "web", shard: 0, seq: 1, record }, "database"))) as object;

describe("exportedRecord", () => {
  it("gives every record back from its exported line", () => {
    fc.assert(
      fc.property(placed, fc.option(fc.integer({ min: 1, max: 999_999 }), { nil: undefined }), ({ record }, subNs) => {
        record.subNs = subNs;
        // The order in which they are stored.
        if (record.flags) record.flags = FLAGS.filter((flag) => record.flags!.includes(flag));
        const line = ndjsonLine(recordJson({ service: "web", shard: 0, seq: 1, record }, "database"));
        expect(line.indexOf("\n")).toBe(line.length - 1);
        const back = exportedRecord(JSON.parse(line) as Record<string, unknown>);
        expect(back && inJson(back)).toEqual(inJson(record));
      }),
      { numRuns: 500 },
    );
  });

  const line = { weir: 1, time: "2026-11-22T10:00:00.000Z", parser: "json" };
  it.each([
    ["another version", { ...line, weir: 2 }],
    ["no mark", { time: line.time, parser: "json" }],
    ["a time that is none", { ...line, time: "noon" }],
    ["a number for a time", { ...line, time: 1 }],
    ["no parser", { ...line, parser: undefined }],
    ["a parser that is no name", { ...line, parser: "x y" }],
  ])("takes no line with %s", (_name, fields) => {
    expect(exportedRecord(fields)).toBeUndefined();
  });

  it("leaves out what is of another type than it has to be", () => {
    const fields = {
      ...line,
      level: "loud",
      message: 1,
      status: "200",
      bytes: Number.NaN,
      attrs: ["x"],
      flags: ["late", "no_flag", 1],
      raw: {},
      tsMs: 5,
      browser: null,
    };
    expect(JSON.parse(JSON.stringify(exportedRecord(fields)))).toEqual({
      tsMs: Date.UTC(2026, 10, 22, 10),
      parser: "json",
      flags: ["late"],
    });
  });

  it("cuts what is longer than a line", () => {
    expect(exportedRecord({ ...line, message: "x".repeat(65_536) })?.message).toHaveLength(65_536);
    expect(exportedRecord({ ...line, message: "x".repeat(65_537) })?.message).toHaveLength(65_536);
  });
});

it("safeJson does nothing to a terminal, and means the same", () => {
  const text = "\u001b[31m\u007f\u009b0m\u2028\u202e€😀";
  expect(safeJson({ text })).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  expect(JSON.parse(safeJson({ text }))).toEqual({ text });
});
