import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "../../../core/record.ts";
import { cutSummary } from "../../../core/summary/cut-summary.ts";
import { estimateOf } from "../../../core/summary/distinct-estimate.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { topOf } from "../../../core/summary/read-summary.ts";
import { limitsOf } from "../../../core/summary/steps.ts";
import { anyRecord, recordOf, summaryOf } from "./records.ts";

const MINUTE = limitsOf(60_000);

const recordsOf = (count: number, fields: (i: number) => Partial<LogRecord>): LogRecord[] =>
  Array.from({ length: count }, (_, i) => recordOf(fields(i)));

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

describe("cutSummary", () => {
  it("keeps a hostile minute within 8 KB, and its bounds true", () => {
    const records = recordsOf(5_000, (i) => ({
      path: i % 3 === 0 ? "/often" : `/${i}/${"ü".repeat(200)}`,
      ip: `${i}`.repeat(10),
      userId: `user ${i}`,
      referrer: `\u0001${i}`.repeat(40),
      app: "x".repeat(257),
      status: 100 + (i % 500),
      durationMs: 1.02 ** (i % 1_000),
    }));
    const summary = cutSummary(summaryOf(records), MINUTE);
    expect(bytesOf(encodeSummary(summary))).toBeLessThanOrEqual(MINUTE.maxBytes);
    expect(topOf(summary, "path", 1)).toEqual({
      values: [{ value: "/often", count: 1_667 }],
      other: 3_333,
      errorBound: 0,
    });
    expect(topOf(summary, "app", 10)).toEqual({ values: [], other: 5_000, errorBound: 5_000 });
  });

  it("keeps any records within any limit that leaves room for the sketches", () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 150 }),
        fc.integer({ min: 4_000, max: 12_000 }),
        (records, maxBytes) => {
          const summary = cutSummary(summaryOf(records), { capacity: () => 100, maxBytes });
          expect(bytesOf(encodeSummary(summary))).toBeLessThanOrEqual(maxBytes);
          expect(summary.count).toBe(records.length);
        },
      ),
    );
  });

  it("makes sketches coarser before they crowd out the values", () => {
    const records = recordsOf(60_000, (i) => ({
      ip: `10.0.${i >> 8}.${i & 255}`,
      userId: `user ${i}`,
      path: `/${"segment/".repeat(5)}${i % 20}`,
      durationMs: 1 + (i % 5_000),
    }));
    const summary = cutSummary(summaryOf(records), MINUTE);
    expect(bytesOf(encodeSummary(summary))).toBeLessThanOrEqual(MINUTE.maxBytes);
    expect(topOf(summary, "path", 20)).toMatchObject({ other: 0, errorBound: 0 });
    for (const sketch of [summary.ips, summary.users])
      expect(Math.abs(estimateOf(sketch) / 60_000 - 1)).toBeLessThan(0.06);
  });

  it("leaves alone what fits", () => {
    const records = recordsOf(60, (i) => ({ path: `/${i}`, ip: `10.0.0.${i}` }));
    expect(cutSummary(summaryOf(records), MINUTE)).toEqual(summaryOf(records));
  });
});
