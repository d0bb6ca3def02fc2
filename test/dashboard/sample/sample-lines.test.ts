import { expect, it } from "vitest";
import { isSample, SAMPLE_SERVICE } from "../../../dashboard/sample/is-sample.ts";
import { sampleLines } from "../../../dashboard/sample/sample-lines.ts";

it("makes lines that say of themselves that they are samples", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const lines = sampleLines(500, Date.UTC(2026, 0, 1), random).split("\n");
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records).toHaveLength(500);
  for (const record of records)
    expect(record).toMatchObject({
      sample: true,
      time: "2026-01-01T00:00:00.000Z",
      path: expect.stringMatching(/^\//),
    });
  // There is something to find among them, and it is not all.
  const faults = records.filter(({ status }) => status === 502).length;
  expect(faults).toBeGreaterThan(0);
  expect(faults).toBeLessThan(100);
});

it("sends them to a service that is badged", () => {
  expect(isSample(SAMPLE_SERVICE)).toBe(true);
  expect(isSample("shop")).toBe(false);
});
