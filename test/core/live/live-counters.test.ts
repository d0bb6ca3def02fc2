import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyTally, LiveCounters, MINUTES_KEPT, SECONDS_KEPT, tallyOf } from "../../../core/live/live-counters.ts";
import { tallyJson } from "../../../core/live/tally-json.ts";
import { LEVELS, LogRecord } from "../../../core/record.ts";

const NOW = Date.UTC(2026, 10, 22, 10);
const of = (count: number) => ({ ...emptyTally(), count });
const recordOf = (fields: Partial<LogRecord>) => Object.assign(new LogRecord(), fields);

describe("tallyOf", () => {
  it("counts levels, status classes and bytes", () => {
    const tally = tallyOf([
      recordOf({ level: "info", status: 200, bytes: 10 }),
      recordOf({ level: "error", status: 503 }),
      recordOf({ status: 99 }),
      recordOf({}),
    ]);
    expect(tallyJson(tally)).toEqual({
      count: 4,
      bytes: 10,
      levels: { info: 1, error: 1, unknown: 2 },
      statuses: { "2xx": 1, "5xx": 1 },
    });
  });

  it("is the same for a batch as for its parts added up", () => {
    const record = fc
      .record({
        level: fc.constantFrom(undefined, ...LEVELS),
        status: fc.constantFrom(undefined, 200, 404, 500),
        bytes: fc.nat({ max: 1_000 }),
      })
      .map(recordOf);
    fc.assert(
      fc.property(fc.array(record), fc.array(record), (a, b) => {
        const counters = new LiveCounters();
        counters.add(tallyOf(a), NOW);
        counters.add(tallyOf(b), NOW);
        expect(counters.total).toEqual(tallyOf([...a, ...b]));
      }),
    );
  });
});

describe("LiveCounters", () => {
  it("keeps five minutes of seconds and a day of minutes", () => {
    const counters = new LiveCounters();
    for (let at = 0; at < SECONDS_KEPT + 50; at++) counters.add(of(1), NOW + at * 1_000);
    expect(counters.secondsSince(0)).toHaveLength(SECONDS_KEPT);
    for (let at = 0; at < MINUTES_KEPT + 10; at++) counters.add(of(1), NOW + at * 60_000);
    expect(counters.minutesSince(0)).toHaveLength(MINUTES_KEPT);
    expect(counters.total.count).toBe(SECONDS_KEPT + 50 + MINUTES_KEPT + 10);
  });

  it("tells the rate of the last ten whole seconds", () => {
    const counters = new LiveCounters();
    for (let at = 0; at < 20; at++) counters.add(of(5), NOW + at * 1_000);
    expect(counters.ratePerSecond(NOW + 20_000)).toBe(5);
    expect(counters.ratePerSecond(NOW + 60_000)).toBe(0);
  });

  it("goes on from its state", () => {
    const counters = new LiveCounters();
    counters.add(of(3), NOW);
    const again = new LiveCounters(JSON.parse(JSON.stringify(counters.state())));
    again.add(of(4), NOW + 1);
    expect(again.total.count).toBe(7);
    expect(again.secondsSince(0)).toHaveLength(1);
    expect(again.firstSeenMs).toBe(NOW);
  });
});
