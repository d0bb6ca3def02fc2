import fc from "fast-check";
import { expect, it } from "vitest";
import { GatheredCounters } from "../../../core/live/gathered-counters.ts";
import { emptyTally, LiveCounters, type Tally } from "../../../core/live/live-counters.ts";

const SECOND = 1_790_000_000;
const tally = (count: number): Tally => ({ ...emptyTally(), count });
const newsOf = (live: LiveCounters, sinceSecond: number) => ({
  total: live.total,
  seconds: live.secondsSince(sinceSecond),
  minutes: live.minutesSince(Math.floor(sinceSecond / 60)),
});

it("counts what one stream would have counted, however it was spread and told", () => {
  const event = fc.record({
    shard: fc.nat(3),
    second: fc.nat(200),
    count: fc.integer({ min: 1, max: 9 }),
    isTold: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const whole = new LiveCounters();
      const shards = Array.from({ length: 4 }, () => new LiveCounters());
      const gathered = new GatheredCounters(shards[0]!);
      const untold = [0, 0, 0, 0].map(() => Number.POSITIVE_INFINITY);
      const tell = (shard: number) => {
        gathered.take(shard, structuredClone(newsOf(shards[shard]!, untold[shard]!)));
        untold[shard] = Number.POSITIVE_INFINITY;
      };
      for (const { shard, second, count, isTold } of events.toSorted((a, b) => a.second - b.second)) {
        const atMs = (SECOND + second) * 1_000;
        whole.add(tally(count), atMs);
        shards[shard]!.add(tally(count), atMs);
        untold[shard] = Math.min(untold[shard]!, SECOND + second);
        if (isTold && shard > 0) tell(shard);
      }
      for (const shard of [1, 2, 3]) tell(shard);
      expect(gathered.total()).toEqual(whole.total);
      expect(gathered.secondsSince(SECOND)).toEqual(whole.secondsSince(SECOND));
      expect(gathered.minutesSince(0)).toEqual(whole.minutesSince(0));
    }),
  );
});

it("is the stream's own counters while there is no other shard", () => {
  const live = new LiveCounters();
  live.add(tally(3), SECOND * 1_000);
  const gathered = new GatheredCounters(live);
  expect(gathered.total()).toBe(live.total);
  expect(gathered.secondsSince(0)).toEqual([[SECOND, tally(3)]]);
});
