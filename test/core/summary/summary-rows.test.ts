import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "../../../core/record.ts";
import { MAX_PARTS } from "../../../core/summary/bound-parts.ts";
import { mergeAll } from "../../../core/summary/summary.ts";
import { mergeSummaryRows, partsOfRows, summaryRowsOf } from "../../../core/summary/summary-rows.ts";
import { answersOf, anyRecord, recordOf, summaryOf } from "./records.ts";

const answersOfRows = (text: string) => answersOf(mergeAll(partsOfRows(text).map(({ summary }) => summary)));
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** D1 binds at most 2,000,000 bytes. */
const MAX_BYTES = 2_000_000;

describe("summary rows", () => {
  it("of several packs tell what those of one would", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyRecord, { maxLength: 20 }), { minLength: 1, maxLength: 5 }), (packs) => {
        const text = mergeSummaryRows(packs.map(summaryRowsOf));
        expect(answersOfRows(text)).toEqual(answersOf(summaryOf(packs.flat())));
        const times = partsOfRows(text).map(({ stepMs, startMs }) => `${stepMs} ${startMs}`);
        expect(new Set(times).size).toBe(times.length);
      }),
    );
  });

  it("become hours where several packs have too many minutes together", () => {
    const packs = Array.from({ length: 4 }, (_, pack) =>
      Array.from({ length: MAX_PARTS }, (_, i) => recordOf({ tsMs: (pack * MAX_PARTS + i) * 60_000 })),
    );
    const parts = partsOfRows(mergeSummaryRows(packs.map(summaryRowsOf)));
    expect(parts.map(({ stepMs, summary }) => [stepMs, summary.count])).toEqual(Array(8).fill([3_600_000, 60]));
  });

  it.each([
    ["one minute", 1],
    ["minutes", 60_000],
    ["hours", 3_600_000],
    ["days", 86_400_000],
  ])(
    "stay one parameter of D1, however hostile lines of %s are",
    (_name, apartMs) => {
      const wide = '\\"\u0001'.repeat(60);
      const packs = Array.from({ length: 3 }, (_, pack) =>
        Array.from({ length: 1_500 }, (_, i): LogRecord => {
          const text = `${pack}-${i}${wide}`;
          const values = {
            path: text,
            pathTemplate: text,
            ip: text,
            referrer: text,
            host: text,
            app: text,
            event: text,
          };
          return recordOf({ tsMs: (pack * 1_500 + i) * apartMs, userId: text, durationMs: i, ...values });
        }),
      );
      const texts = packs.map(summaryRowsOf);
      for (const text of texts) expect(bytesOf(text)).toBeLessThan(MAX_BYTES);
      const merged = mergeSummaryRows(texts);
      expect(bytesOf(merged)).toBeLessThan(MAX_BYTES);
      expect(mergeAll(partsOfRows(merged).map(({ summary }) => summary)).count).toBe(4_500);
    },
    30_000,
  );
});
