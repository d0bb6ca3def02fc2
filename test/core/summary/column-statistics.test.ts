import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTextOf, recordsOfPackText } from "../../../core/delivery/pack-text.ts";
import type { LogRecord } from "../../../core/record.ts";
import { columnStatistics } from "../../../core/summary/column-statistics.ts";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { coarsestStep } from "../../../core/summary/rebucket.ts";
import { emptySummary, mergeAll, type Summary } from "../../../core/summary/summary.ts";
import { MAX_PARTS, paramsOf, type SummaryPart } from "../../../core/summary/summary-part.ts";
import { summaryRowsOf } from "../../../core/summary/summary-rows.ts";
import { answersOf, anyRecord, columnsOf, recordOf, statisticsOf, summaryOf } from "./records.ts";

const allOf = (parts: readonly SummaryPart[]): Summary => mergeAll(parts.map(({ summary }) => summary));
/** As they are read again: a path without a template is its own. */
const asRead = (records: readonly LogRecord[]): LogRecord[] => recordsOfPackText(packTextOf(records));

const anyPacks = fc.array(fc.array(anyRecord, { maxLength: 25 }), { minLength: 1, maxLength: 5 });
/** Browser and others come from the text of the user agent where there is one. */
const anyPacksOfAgents = fc
  .array(fc.array(fc.record({ record: anyRecord, agent: fc.constantFrom("", "curl", "Firefox", "Bot") })))
  .map((packs) =>
    packs.map((pack) =>
      pack.map(({ record, agent }) =>
        agent === ""
          ? record
          : Object.assign(record, { userAgent: agent, browser: agent, os: undefined, device: "bot", bot: `${agent}!` }),
      ),
    ),
  );

describe("the statistics of columns", () => {
  it("are by UTC minute, before 1970 too", () => {
    const parts = statisticsOf([[-1, 59_999, -60_000, 0, 60_000].map((tsMs) => recordOf({ tsMs }))]);
    expect(parts.map(({ stepMs, startMs, summary }) => [stepMs, startMs, summary.count])).toEqual([
      [60_000, -60_000, 2],
      [60_000, 0, 2],
      [60_000, 60_000, 1],
    ]);
  });

  it.each([
    ["minutes", 60_000, MAX_PARTS, 60_000],
    ["hours when there are too many minutes", 60_000, MAX_PARTS + 1, 3_600_000],
    ["days when there are too many hours", 3_600_000, MAX_PARTS + 1, 86_400_000],
  ])("are of %s", (_name, apartMs, records, stepMs) => {
    const parts = statisticsOf([Array.from({ length: records }, (_, i) => recordOf({ tsMs: -i * apartMs }))]);
    expect(coarsestStep(parts)).toBe(stepMs);
    expect(parts.length).toBeLessThanOrEqual(MAX_PARTS);
    expect(allOf(parts).count).toBe(records);
  });

  it("are the same figures where no values are asked for", () => {
    fc.assert(
      fc.property(anyPacks, (packs) => {
        const whole = columnStatistics(columnsOf(packs));
        const figures = columnStatistics(columnsOf(packs), { withValues: false });
        const none = whole.map((part) => ({ ...part, summary: { ...part.summary, values: emptySummary().values } }));
        expect(summaryRowsOf(figures)).toEqual(summaryRowsOf(none));
      }),
    );
  });

  it("are of more minutes where more are allowed, and each parameter's worth of them is bounded by itself", () => {
    const wide = (i: number) => `/${i}/${"x".repeat(200)}`;
    const records = Array.from({ length: 3 * MAX_PARTS * 40 }, (_, i) =>
      recordOf({ tsMs: (i % (3 * MAX_PARTS)) * 60_000, path: wide(i), referrer: wide(i), ip: `${i}` }),
    );
    const parts = statisticsOf([records], undefined, 3);
    expect([coarsestStep(parts), parts.length]).toEqual([60_000, 3 * MAX_PARTS]);
    expect(coarsestStep(statisticsOf([records], undefined, 2))).toBe(3_600_000);
    const bytes = paramsOf(parts, 3).map((some) =>
      some.reduce((sum, { summary }) => sum + encodeSummary(summary).length, 0),
    );
    expect(bytes).toHaveLength(3);
    for (const each of bytes) expect(each).toBeLessThan(1_300_000);
  });

  it.each([["of any fields", anyPacks] as const, ["with user agents", anyPacksOfAgents] as const])(
    "tell what those of the records do, %s",
    (_name, packs) => {
      fc.assert(
        fc.property(packs, (given) => {
          const parts = statisticsOf(given);
          for (const { startMs, stepMs } of parts) expect(Number.isInteger(startMs / stepMs)).toBe(true);
          expect(answersOf(allOf(parts))).toEqual(answersOf(summaryOf(given.flatMap(asRead))));
        }),
      );
    },
  );

  it("of a message are those of its packs, merged, however coarse they become", () => {
    fc.assert(
      fc.property(anyPacks, fc.integer({ min: 1, max: 4 }), (packs, maxParts) => {
        const parts = statisticsOf(packs, maxParts);
        expect(answersOf(allOf(parts))).toEqual(answersOf(allOf(packs.flatMap((pack) => statisticsOf([pack])))));
        expect(new Set(parts.map(({ startMs }) => startMs)).size).toBe(parts.length);
        expect(new Set(parts.map(({ stepMs }) => stepMs)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("follow no more values than an answer does, with a bound that holds", () => {
    const packs = Array.from({ length: 12 }, (_, pack) =>
      Array.from({ length: 2_000 }, (_, i) =>
        recordOf({ tsMs: 1, ip: `${pack}-${i}`, path: i % 4 === 0 ? "/often" : `/${pack}/${i}` }),
      ),
    );
    const { tops, ips, count } = answersOf(allOf(statisticsOf(packs)), 1);
    expect(count).toBe(24_000);
    expect(Math.abs(ips / 24_000 - 1)).toBeLessThan(0.05);
    for (const top of tops.slice(0, 2)) {
      expect(top.values[0]!.value).toBe("/often");
      expect(top.values[0]!.count).toBeLessThanOrEqual(6_000);
      expect(top.values[0]!.count + top.errorBound).toBeGreaterThanOrEqual(6_000);
    }
  });

  it("share out what the parts of a message may take together", () => {
    const records = Array.from({ length: 20_000 }, (_, i) =>
      recordOf({
        tsMs: (i % MAX_PARTS) * 3_600_000 + (i % 7) * 60_000,
        path: `/${i}/${"x".repeat(200)}`,
        ip: `${i}`,
        referrer: `${i}`.repeat(40),
      }),
    );
    const parts = statisticsOf([records]);
    expect(coarsestStep(parts)).toBe(3_600_000);
    const bytes = parts.reduce((sum, { summary }) => sum + encodeSummary(summary).length, 0);
    expect(bytes).toBeLessThan(1_800_000);
    expect(bytes).toBeGreaterThan(1_000_000);
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
          const paths = { path: text, pathTemplate: `${text}t` };
          const values = { ip: text, referrer: text, host: text, app: text, event: text, ...paths };
          return recordOf({ tsMs: (pack * 1_500 + i) * apartMs, userId: text, durationMs: i, ...values });
        }),
      );
      const rows = summaryRowsOf(statisticsOf(packs));
      // D1 binds at most 2,000,000 bytes.
      expect(new TextEncoder().encode(JSON.stringify(rows)).length).toBeLessThan(2_000_000);
      const decoded = rows.map(([, , text]) => decodeSummary(text));
      expect(decoded.reduce((sum, each) => sum + (each.ok ? each.value.count : 0), 0)).toBe(4_500);
    },
    30_000,
  );
});
