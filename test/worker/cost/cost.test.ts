import { beforeAll, describe, expect, it } from "vitest";
import { accessLog } from "../../../bench/access-log.ts";
import counts from "../../../docs/cost/counts.json" with { type: "json" };
import { ask, json } from "../ask.ts";
import { countWrites, type Writes } from "./count-writes.ts";

const LINES_COUNTED = { 1: 1_000, 10: 5_000, 100: 20_000, 1000: 20_000 } as const;
const BATCHES = [1, 10, 100, 1_000] as const;
/** A live service with a thousand lines a second. */
const LINES_A_DAY = 86_400_000;
/** A message more or less among a few is that much; a row a line more is far more. */
const TOLERANCE = 0.1;

const batchesOf = (size: keyof typeof LINES_COUNTED): string[][] => {
  const log = accessLog(1, LINES_A_DAY, Date.now() - 60_000);
  return Array.from({ length: LINES_COUNTED[size] / size }, () => Array.from({ length: size }, () => log.next()));
};
const perMillion = (writes: Writes, lines: number): Writes =>
  Object.fromEntries(
    Object.entries(writes).map(([name, n]) => [name, Math.round((n / lines) * 1_000_000)]),
  ) as unknown as Writes;

// User agents are stored once; the service has been running for a while.
beforeAll(() => countWrites("cost-before", batchesOf(1_000)));

describe.each(BATCHES)("a million lines in batches of %i", (size) => {
  it.each(["hot", "archive"] as const)("cost what docs/limits-and-cost.md says, %s", async (tier) => {
    const service = `cost-${tier}-${size}`;
    if (tier === "archive")
      await json(
        ask(`/api/services/${service}`, {
          method: "PUT",
          body: JSON.stringify({ hotDays: 0 }),
          headers: { "Content-Type": "application/json" },
        }),
      );
    const writes = perMillion(await countWrites(service, batchesOf(size)), LINES_COUNTED[size]);
    console.log(JSON.stringify({ [tier]: { [size]: writes } }));
    const told: Writes = counts[tier][size];
    for (const name of Object.keys(told) as (keyof Writes)[]) {
      expect(writes[name], `${name}: ${JSON.stringify(writes)}`).toBeGreaterThanOrEqual(told[name] * (1 - TOLERANCE));
      expect(writes[name], `${name}: ${JSON.stringify(writes)}`).toBeLessThanOrEqual(told[name] * (1 + TOLERANCE));
    }
    if (tier === "hot" && size === 1_000) expect(writes.databaseRows).toBeLessThanOrEqual(1_050_000);
  });
});
