import { expect, it } from "vitest";
import { servicesABatch } from "../../worker/query/services-a-batch.ts";

const MINUTE_MS = 60_000;
const MAX_BYTES = 16_000_000;
const range = (minutes: number) => ({ fromMs: 0, toMs: minutes * MINUTE_MS });

it("reads all at once as long as that is little", () => {
  expect(servicesABatch(range(60), MINUTE_MS, new Set())).toBe(100);
  expect(servicesABatch(range(156), MINUTE_MS, new Set(["levels", "durations"]))).toBe(100);
  expect(servicesABatch(range(157), MINUTE_MS, new Set(["levels", "durations"]))).toBe(99);
});

it("keeps the text of one answer within its bound", () => {
  for (const minutes of [1, 60, 500, 1_440, 2_880, 100_000])
    for (const section of ["bytes", "ips", "path"] as const) {
      const bytes = Math.min(minutes, 2_880) * (section === "bytes" ? 1_024 : 8 * 1_024);
      const count = servicesABatch(range(minutes), MINUTE_MS, new Set([section]));
      expect(count === 1 || count * bytes <= MAX_BYTES).toBe(true);
      expect(count === 100 || (count + 1) * bytes > MAX_BYTES).toBe(true);
    }
});

it("reads more services where hours answer, and one however long the range is", () => {
  expect(servicesABatch(range(1_440), 60 * MINUTE_MS, new Set(["path"]))).toBeGreaterThan(
    servicesABatch(range(1_440), MINUTE_MS, new Set(["path"])),
  );
  expect(servicesABatch({ fromMs: -6e13, toMs: Number.MAX_SAFE_INTEGER }, MINUTE_MS, new Set(["path"]))).toBe(1);
});
