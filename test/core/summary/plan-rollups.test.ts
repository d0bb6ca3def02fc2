import { describe, expect, it } from "vitest";
import type { StoredPart } from "../../../core/summary/compact.ts";
import { jobsOf, planRollups as planAll, type Rollup } from "../../../core/summary/plan-rollups.ts";
import { STEPS_MS, type StepMs } from "../../../core/summary/steps.ts";

const [MINUTE, HOUR, DAY] = STEPS_MS;
const TEN = 600_000;

const part = (stepMs: StepMs, startMs: number, receivedMs = 0, firstSeq = 1): StoredPart => ({
  ...{ stepMs, startMs, shard: 0, firstSeq, receivedMs },
});
const minutes = (count: number, fromMs = 0): StoredPart[] =>
  Array.from({ length: count }, (_, at) => part(MINUTE, fromMs + (at % 60) * MINUTE, 0, at));
/** Hours and days only, of hours whose minutes are told. */
const planRollups = (parts: readonly StoredPart[], rollups: readonly Rollup[], nowMs: number): Rollup[] =>
  planAll(parts, { rollups, toldHours: new Set(rollups.map(({ startMs }) => startMs)) }, nowMs).filter(
    ({ stepMs }) => stepMs > TEN,
  );
const hours = (...starts: number[]): Rollup[] => starts.map((startMs) => ({ stepMs: HOUR, startMs }));

describe("roll-ups", () => {
  it("take an hour once it is over and nothing more came for three minutes", () => {
    expect(planRollups(minutes(2), [], HOUR + 3 * MINUTE - 1)).toEqual([]);
    expect(planRollups(minutes(2), [], HOUR + 3 * MINUTE)).toEqual(hours(0));
    const late = [...minutes(2), part(MINUTE, MINUTE, 2 * HOUR, 9)];
    expect(planRollups(late, [], 2 * HOUR + 3 * MINUTE - 1)).toEqual([]);
    expect(planRollups(late, [], 2 * HOUR + 3 * MINUTE)).toEqual(hours(0));
  });

  it("are of no use for a single part, and are not made twice", () => {
    expect(planRollups([part(MINUTE, 0), part(HOUR, 5 * HOUR)], [], DAY / 2)).toEqual([]);
    expect(planRollups(minutes(2), hours(0), DAY / 2)).toEqual([]);
  });

  it("take a day once its hours are rolled up", () => {
    const two = [...minutes(2), ...minutes(2, HOUR)];
    expect(planRollups(two, [], 2 * DAY)).toEqual(hours(0, HOUR));
    expect(planRollups(two, hours(0), 2 * DAY)).toEqual(hours(HOUR));
    expect(planRollups(two, hours(0, HOUR), 2 * DAY)).toEqual([{ stepMs: DAY, startMs: 0 }]);
    expect(planRollups(two, hours(0, HOUR), DAY + 3 * MINUTE - 1)).toEqual([]);
  });

  it("count an hour and a day before 1970 from their own beginning", () => {
    expect(planRollups(minutes(2, -HOUR), [], DAY)).toEqual(hours(-HOUR));
  });

  it("wait for merges where there are more parts than are read at once", () => {
    expect(planRollups(minutes(240), [], DAY / 2)).toEqual(hours(0));
    expect(planRollups(minutes(241), [], DAY / 2)).toEqual([]);
    const dayParts = (count: number) => Array.from({ length: count }, (_, at) => part(DAY, 0, 0, at));
    expect(planRollups(dayParts(64), [], 2 * DAY)).toEqual([{ stepMs: DAY, startMs: 0 }]);
    expect(planRollups(dayParts(65), [], 2 * DAY)).toEqual([]);
  });

  it("take ten minutes once they are over, of parts of a minute only", () => {
    const none = { rollups: [], toldHours: new Set<number>() };
    const parts = [...minutes(20), part(HOUR, 0)];
    const tens = [0, TEN].map((startMs) => ({ stepMs: TEN, startMs }));
    expect(planAll(parts, none, TEN + 3 * MINUTE - 1)).toEqual([]);
    expect(planAll(parts, none, TEN + 3 * MINUTE)).toEqual(tens.slice(0, 1));
    expect(planAll(parts, none, 2 * TEN + 3 * MINUTE)).toEqual(tens);
    expect(planAll([part(MINUTE, 0), part(HOUR, 0)], none, HOUR)).toEqual([]);
    const many = (count: number) => Array.from({ length: count }, (_, at) => part(MINUTE, 0, 0, at));
    expect(planAll(many(40), none, HOUR)).toEqual(tens.slice(0, 1));
    expect(planAll(many(41), none, HOUR)).toEqual([]);
  });

  it("make an hour anew that an earlier version rolled up without its minutes", () => {
    const untold = { rollups: hours(0), toldHours: new Set<number>() };
    const ofHours = (parts: StoredPart[]) => planAll(parts, untold, DAY / 2).filter(({ stepMs }) => stepMs === HOUR);
    expect(ofHours(minutes(2))).toEqual(hours(0));
    expect(ofHours([...minutes(2), part(HOUR, 0)])).toEqual([]);
  });

  it("are made together with what is in the same hour, the newest first", () => {
    const ten = (startMs: number): Rollup => ({ stepMs: TEN, startMs });
    const day: Rollup = { stepMs: DAY, startMs: -DAY };
    expect(jobsOf([ten(0), ten(5 * TEN), ten(HOUR), ten(HOUR + 2 * TEN), ...hours(0), day])).toEqual([
      { fromMs: HOUR, toMs: HOUR + 3 * TEN, rollups: [ten(HOUR), ten(HOUR + 2 * TEN)] },
      { fromMs: 0, toMs: HOUR, rollups: [ten(0), ten(5 * TEN), ...hours(0)] },
      { fromMs: -DAY, toMs: 0, rollups: [day] },
    ]);
  });
});
