import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketJson } from "../../../core/stats/bucket-json.ts";
import { STATS_SECTIONS, topSections } from "../../../core/stats/needed-sections.ts";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { DIMENSIONS } from "../../../core/summary/dimensions.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { topOf } from "../../../core/summary/read-summary.ts";
import type { SectionName } from "../../../core/summary/sections.ts";
import { emptySummary, type Summary } from "../../../core/summary/summary.ts";
import { anyRecord, recordOf, summaryOf } from "../summary/records.ts";

const readOnly = (summary: Summary, only: ReadonlySet<SectionName>): Summary => {
  const result = decodeSummary(encodeSummary(summary), only);
  return result.ok ? result.value : emptySummary();
};

describe("bucketJson", () => {
  it("gives the contract's fields", () => {
    const summary = summaryOf([
      recordOf({ level: "warn", status: 404, bytes: 12, durationMs: 12.3454321, ip: "10.0.0.1", userId: "u" }),
      recordOf({ status: 200, bytes: 1 }),
    ]);
    expect(bucketJson({ startMs: -60_000, summary })).toEqual({
      time: "1969-12-31T23:59:00.000Z",
      count: 2,
      levels: { warn: 1, unknown: 1 },
      statuses: { "2xx": 1, "4xx": 1 },
      bytes: 13,
      durationMs: { p50: 12.24, p90: 12.24, p95: 12.24, p99: 12.24, max: 12.3454321, avg: 12.345 },
      uniqueIps: 1,
      uniqueUsers: 1,
    });
  });

  it("fills an empty step with zeros and leaves out its durations", () => {
    expect(bucketJson({ startMs: 0, summary: emptySummary() })).toEqual({
      time: "1970-01-01T00:00:00.000Z",
      count: 0,
      levels: {},
      statuses: {},
      bytes: 0,
      uniqueIps: 0,
      uniqueUsers: 0,
    });
  });

  it("needs no other section than told", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 20 }), (records) => {
        const summary = summaryOf(records);
        const bucket = bucketJson({ startMs: 0, summary });
        expect(bucketJson({ startMs: 0, summary: readOnly(summary, STATS_SECTIONS) })).toEqual(bucket);
      }),
    );
  });
});

it("topOf needs no other section than told", () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 20 }), fc.constantFrom(...DIMENSIONS), (records, dimension) => {
      const summary = summaryOf(records);
      const read = readOnly(summary, topSections(dimension));
      expect(topOf(read, dimension, 10)).toEqual(topOf(summary, dimension, 10));
    }),
  );
});
