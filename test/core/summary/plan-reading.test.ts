import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type MinutesUse,
  planReading,
  planWithout,
  type Reading,
  rollupStep,
} from "../../../core/summary/plan-reading.ts";
import type { Rollup } from "../../../core/summary/plan-rollups.ts";
import { ROLLUP_STEPS_MS, STEPS_MS } from "../../../core/summary/steps.ts";

const [MINUTE, HOUR, DAY] = STEPS_MS;
const [TEN] = ROLLUP_STEPS_MS;

interface Part {
  stepMs: number;
  startMs: number;
}

const anyPart = fc
  .record({ stepMs: fc.constantFrom(...STEPS_MS), at: fc.integer({ min: -DAY, max: 2 * DAY }) })
  .map(({ stepMs, at }): Part => ({ stepMs, startMs: Math.floor(at / stepMs) * stepMs }));
const isIn = (part: Part, { stepMs, startMs }: Part): boolean =>
  part.startMs >= startMs && part.startMs < startMs + stepMs;
/** What roll-ups are made of: `planRollups`. */
const isOf = (part: Part, rollup: Part): boolean =>
  isIn(part, rollup) && part.stepMs <= (rollup.stepMs === TEN ? MINUTE : rollup.stepMs);
const overlaps = ({ stepMs, startMs }: Part, fromMs: number, toMs: number): boolean =>
  startMs + stepMs > fromMs && startMs < toMs;

function timesRead(part: Part, reading: Reading, minutes: MinutesUse, fromMs: number, toMs: number): number {
  const asPart = reading.parts.filter(
    ([stepMs, afterMs, beforeMs]) => part.stepMs === stepMs && part.startMs > afterMs && part.startMs < beforeMs,
  );
  const asRollup = reading.rollups.filter((rollup) => isOf(part, rollup));
  const asMinute =
    minutes === "counted" && part.stepMs === MINUTE && overlaps(part, fromMs, toMs)
      ? reading.hours.filter((startMs) => isIn(part, { stepMs: HOUR, startMs }))
      : [];
  return asPart.length + asRollup.length + asMinute.length;
}

it("reads every part of a range once and no other, whichever roll-ups there are", () => {
  fc.assert(
    fc.property(
      fc.array(anyPart, { minLength: 1, maxLength: 60 }),
      fc.infiniteStream(fc.boolean()),
      fc.tuple(fc.integer({ min: -DAY, max: 2 * DAY }), fc.integer({ min: 1, max: 3 * DAY })),
      fc.constantFrom(0, ...ROLLUP_STEPS_MS),
      fc.constantFrom<MinutesUse>("unread", "counted", "told"),
      (parts, isThere, [fromMs, length], longestMs, minutes) => {
        const toMs = fromMs + length;
        const candidates = ROLLUP_STEPS_MS.flatMap((stepMs) =>
          [...new Set(parts.map(({ startMs }) => Math.floor(startMs / stepMs) * stepMs))].map(
            (startMs): Rollup => ({ stepMs, startMs }),
          ),
        );
        const rollups = candidates.filter(() => isThere.next().value);
        const toldHours = new Set(
          candidates
            .filter(({ stepMs, startMs }) => {
              const own = parts.filter((part) => part.stepMs <= HOUR && isIn(part, { stepMs, startMs }));
              return stepMs === HOUR && own.every((part) => part.stepMs === MINUTE) && isThere.next().value;
            })
            .map(({ startMs }) => startMs),
        );
        const reading = planReading({ rollups, toldHours }, { fromMs, toMs }, { longestMs, minutes });
        for (const part of parts)
          expect(timesRead(part, reading, minutes, fromMs, toMs)).toBe(overlaps(part, fromMs, toMs) ? 1 : 0);
        if (minutes === "told")
          for (const { startMs } of reading.rollups.filter(({ stepMs }) => stepMs <= HOUR))
            expect(reading.hours).toContain(Math.floor(startMs / HOUR) * HOUR);
      },
    ),
  );
});

it("reads a day that begins at any time as hours, and its ends by ten minutes and minutes", () => {
  const rollups = [
    ...Array.from({ length: 48 }, (_, at): Rollup => ({ stepMs: HOUR, startMs: at * HOUR })),
    ...Array.from({ length: 288 }, (_, at): Rollup => ({ stepMs: TEN, startMs: at * TEN })),
  ];
  const range = { fromMs: 13 * MINUTE, toMs: DAY + 13 * MINUTE };
  const { rollups: read, parts } = planReading({ rollups, toldHours: new Set() }, range, {
    longestMs: DAY,
    minutes: "unread",
  });
  const of = (step: number) => read.filter(({ stepMs }) => stepMs === step).length;
  expect([of(HOUR), of(TEN)]).toEqual([23, 5]);
  expect(parts.filter(([stepMs]) => stepMs === MINUTE)).toEqual([
    [MINUTE, 12 * MINUTE, 20 * MINUTE],
    [MINUTE, DAY + 9 * MINUTE, DAY + 13 * MINUTE],
  ]);
});

it("reads nothing but parts where it has to", () => {
  expect(planWithout({ fromMs: 5, toMs: 10 })).toEqual({
    rollups: [],
    hours: [],
    parts: STEPS_MS.toReversed().map((stepMs) => [stepMs, 5 - stepMs, 10]),
  });
});

it("takes roll-ups only where the steps of the answer are made of them", () => {
  const steps = [
    MINUTE,
    5 * MINUTE,
    TEN,
    30 * MINUTE,
    90 * MINUTE,
    HOUR,
    3 * HOUR,
    DAY,
    7 * DAY,
    Number.POSITIVE_INFINITY,
  ];
  expect(steps.map(rollupStep)).toEqual([0, 0, TEN, TEN, TEN, HOUR, HOUR, DAY, DAY, DAY]);
});
