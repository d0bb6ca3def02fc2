import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figuresOf } from "../../../core/stats/bucket-json.ts";
import { hourColumns, hourMinutesOf, hourSummaries, minuteFigures } from "../../../core/stats/hour-minutes.ts";
import { STATS_SECTIONS } from "../../../core/stats/needed-sections.ts";
import { STEPS_MS } from "../../../core/summary/steps.ts";
import { addRecord, emptySummary, mergeAll, type Summary } from "../../../core/summary/summary.ts";
import type { SummaryPart } from "../../../core/summary/summary-part.ts";
import { recordOf } from "../summary/records.ts";

const [MINUTE, HOUR] = STEPS_MS;
const START = 5 * HOUR;

const anyRecord = fc.record(
  {
    minute: fc.nat({ max: 59 }),
    level: fc.constantFrom("info", "error" as const),
    status: fc.constantFrom(200, 404, 503, 999),
    bytes: fc.nat({ max: 1e9 }),
    durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    ip: fc.ipV4(),
    user: fc.string({ maxLength: 3 }),
  },
  { requiredKeys: ["minute"] },
);

/** One or two parts a minute, as they are before they are merged. */
const anyParts = fc.array(anyRecord, { maxLength: 80 }).map((records) => {
  const parts = new Map<string, SummaryPart>();
  records.forEach(({ minute, ...record }, at) => {
    const startMs = START + minute * MINUTE;
    const key = `${minute} ${at % 2}`;
    const part = parts.get(key) ?? { stepMs: MINUTE, startMs, summary: emptySummary() };
    parts.set(key, part);
    addRecord(part.summary, recordOf({ tsMs: startMs, ...record }));
  });
  return [...parts.values()];
});
const additive = ({ count, levels, statuses, bytes }: Summary) => ({ count, levels, statuses, bytes });

describe("the minutes of an hour", () => {
  it("add up to what their parts do, in steps of any length and any range", () => {
    fc.assert(
      fc.property(
        anyParts,
        fc.constantFrom(MINUTE, 90_000, 7 * MINUTE, 10 * MINUTE, HOUR, Number.POSITIVE_INFINITY),
        fc.tuple(fc.integer({ min: -HOUR, max: 2 * HOUR }), fc.integer({ min: 1, max: 2 * HOUR })),
        (parts, stepMs, [after, length]) => {
          const range = { fromMs: START + after, toMs: START + after + length };
          const hour = { startMs: START, ...hourMinutesOf(parts, START) };
          const inRange = parts.filter(({ startMs }) => startMs + MINUTE > range.fromMs && startMs < range.toMs);
          const stepOf = (startMs: number) => (Number.isFinite(stepMs) ? Math.floor(startMs / stepMs) : 0);
          const expected = Map.groupBy(inRange, ({ startMs }) => stepOf(startMs));
          const found = hourSummaries(hour, range, stepMs);
          expect(new Map(found.map(({ startMs, summary }) => [stepOf(startMs), additive(summary)]))).toEqual(
            new Map(Array.from(expected, ([step, own]) => [step, additive(mergeAll(own.map((part) => part.summary)))])),
          );
          expect(found).toHaveLength(expected.size);
        },
      ),
    );
  });

  it("tell what answers tell of each of them", () => {
    fc.assert(
      fc.property(anyParts, fc.nat({ max: HOUR }), (parts, after) => {
        const range = { fromMs: START + after, toMs: START + HOUR };
        const told = new Map(minuteFigures({ startMs: START, ...hourMinutesOf(parts, START) }, range));
        expect([...told.keys()]).toEqual(
          Array.from({ length: 60 }, (_, at) => START + at * MINUTE).filter((ms) => ms + MINUTE > range.fromMs),
        );
        for (const [minuteMs, figures] of told) {
          const own = parts.filter(({ startMs }) => startMs === minuteMs).map(({ summary }) => summary);
          expect(figures).toEqual(figuresOf(mergeAll(own)));
        }
      }),
    );
  });

  it("leave parts alone that are longer, or of another hour", () => {
    const summary = Object.assign(emptySummary(), { count: 3 });
    const parts: SummaryPart[] = [
      { stepMs: HOUR, startMs: START, summary },
      { stepMs: MINUTE, startMs: START - MINUTE, summary },
      { stepMs: MINUTE, startMs: START + HOUR, summary },
    ];
    expect(hourMinutesOf(parts, START)).toEqual(hourMinutesOf([], START));
  });

  it("have a column for each figure, and none for lists of values", () => {
    expect(hourColumns(new Set())).toEqual(["counts"]);
    expect(hourColumns(STATS_SECTIONS)).toEqual(["counts", "levels", "statuses", "bytes", "durations", "uniques"]);
    expect(hourColumns(new Set(["statuses", "path"]))).toBeUndefined();
  });
});
