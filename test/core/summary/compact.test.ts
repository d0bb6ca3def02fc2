import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactedSummary, type PartMerge, planCompaction, type StoredPart } from "../../../core/summary/compact.ts";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { coarsestStep } from "../../../core/summary/rebucket.ts";
import { STEPS_MS, type StepMs } from "../../../core/summary/steps.ts";
import { emptySummary, mergeAll } from "../../../core/summary/summary.ts";
import { answersOf, anyRecord, statisticsOf } from "./records.ts";

const [MINUTE, HOUR, DAY] = STEPS_MS;

const keyOf = ({ stepMs, startMs, shard, firstSeq }: Omit<StoredPart, "receivedMs">): string =>
  `${stepMs} ${startMs} ${shard} ${firstSeq}`;

interface Row extends StoredPart {
  text: string;
}

/** What the database does with a plan: all of it is read, then each merge deletes its rows and inserts one. */
function apply(rows: Map<string, Row>, merges: readonly PartMerge[]): void {
  for (const { into, of } of merges) {
    const summaries = of.map((part) => {
      const summary = decodeSummary(rows.get(keyOf(part))!.text);
      return summary.ok ? summary.value : emptySummary();
    });
    for (const part of of) rows.delete(keyOf(part));
    expect(rows.has(keyOf(into))).toBe(false);
    const receivedMs = Math.max(...of.map((part) => part.receivedMs));
    rows.set(keyOf(into), { ...into, receivedMs, text: encodeSummary(compactedSummary(into.stepMs, summaries)) });
  }
}

const partsOf = (rows: Iterable<Row>) =>
  [...rows].map(({ text, ...key }) => {
    const summary = decodeSummary(text);
    return { ...key, summary: summary.ok ? summary.value : emptySummary() };
  });

/** By the start of every step that holds records. */
function answersAt(rows: Iterable<Row>, stepMs: number) {
  const groups = Map.groupBy(partsOf(rows), ({ startMs }) => Math.floor(startMs / stepMs) * stepMs);
  return new Map(
    [...groups].map(([startMs, parts]) => [startMs, answersOf(mergeAll(parts.map(({ summary }) => summary)))]),
  );
}

const anyMessage = fc.record({
  // Few minutes, so that messages meet.
  records: fc.array(
    fc.tuple(
      anyRecord,
      fc.integer({ min: -DAY, max: DAY }).map((ms) => ms - (ms % (7 * MINUTE))),
    ),
    {
      minLength: 1,
      maxLength: 15,
    },
  ),
  shard: fc.nat({ max: 1 }),
  receivedMs: fc.integer({ min: 0, max: 40 * DAY }),
});

describe("compaction", () => {
  it("changes no answer at the step it leaves, however often it runs", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 8 }), (messages) => {
        const rows = new Map<string, Row>();
        for (const [firstSeq, { records, shard, receivedMs }] of messages.entries()) {
          const timed = records.map(([record, tsMs]) => Object.assign(record, { tsMs }));
          for (const { stepMs, startMs, summary } of statisticsOf([timed])) {
            const row = { stepMs, startMs, shard, firstSeq, receivedMs, text: encodeSummary(summary) };
            rows.set(keyOf(row), row);
          }
        }
        const before = [...rows.values()];
        for (const nowMs of [0, 20 * DAY, 41 * DAY, 45 * DAY, 75 * DAY]) {
          for (
            let plan = planCompaction([...rows.values()], nowMs);
            plan.length > 0;
            plan = planCompaction([...rows.values()], nowMs)
          ) {
            apply(rows, plan);
          }
          const stepMs = Math.max(coarsestStep(partsOf(rows.values())), MINUTE);
          expect(answersAt(rows.values(), stepMs)).toEqual(answersAt(before, stepMs));
        }
        const starts = [...rows.values()].map(({ stepMs, startMs }) => [stepMs, startMs]);
        expect(starts.every(([stepMs]) => stepMs === DAY)).toBe(true);
        expect(new Set(starts.map(String)).size).toBe(starts.length);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  const part = (stepMs: StepMs, startMs: number, receivedMs: number, firstSeq = 1): StoredPart => ({
    ...{ stepMs, startMs, shard: 0, firstSeq, receivedMs },
  });
  const planned = (parts: StoredPart[], nowMs: number) =>
    planCompaction(parts, nowMs).map(({ into, of }) => [into.stepMs, into.startMs, into.firstSeq, of.length]);

  it("leaves one part of a minute alone, and several until the minute is settled", () => {
    expect(planned([part(MINUTE, 0, 0)], DAY)).toEqual([]);
    const two = [part(MINUTE, 0, 0, 1), part(MINUTE, 0, MINUTE, 2)];
    expect(planned(two, 2 * MINUTE)).toEqual([]);
    expect(planned(two, 5 * MINUTE)).toEqual([[MINUTE, 0, 2, 2]]);
  });

  it("does not wait where a question would have to read many parts", () => {
    const many = Array.from({ length: 16 }, (_, i) => part(MINUTE, 0, 0, i));
    expect(planned(many, 0)).toEqual([[MINUTE, 0, 0, 16]]);
  });

  it("makes hours of minutes two days after they were received, whatever their own time is", () => {
    const old = [part(MINUTE, -400 * DAY, 0, 1), part(MINUTE, -400 * DAY + MINUTE, HOUR, 2)];
    expect(planned(old, 2 * DAY)).toEqual([]);
    expect(planned(old, 2 * DAY + HOUR)).toEqual([[HOUR, -400 * DAY, 2, 2]]);
  });

  it("makes days of hours after thirty days, and takes in what came late", () => {
    expect(planned([part(HOUR, 0, 0, 1), part(HOUR, HOUR, 0, 2)], 29 * DAY)).toEqual([]);
    const parts = [part(DAY, 0, 0, 1), part(MINUTE, HOUR, 0, 2)];
    expect(planned(parts, 30 * DAY)).toEqual([[DAY, 0, 1, 2]]);
    expect(planned([part(DAY, 0, 0)], 30 * DAY)).toEqual([]);
  });

  it("replaces at most 64 parts at once, the one under the new key first", () => {
    const parts = Array.from({ length: 100 }, (_, i) => part(MINUTE, (i % 60) * MINUTE, 0, i));
    const [merge] = planCompaction([...parts, part(HOUR, 0, 0, 7)], 10 * DAY);
    expect(merge?.of).toHaveLength(64);
    expect(merge?.of[0]).toMatchObject({ stepMs: HOUR, firstSeq: 7 });
    expect(merge?.into).toMatchObject({ stepMs: HOUR, startMs: 0, firstSeq: 7 });
  });
});
