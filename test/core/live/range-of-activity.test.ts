import { expect, it } from "vitest";
import { rangeOfActivity } from "../../../core/live/range-of-activity.ts";

const NOW = Date.UTC(2026, 0, 1);
const seen = (firstMs: number, lastMs: number) => ({ firstSeenMs: NOW - firstMs, lastSeenMs: NOW - lastMs });
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

it.each([
  ["5m", [seen(6 * MINUTE - 1, 0)]],
  ["1h", [seen(6 * MINUTE, 0)]],
  ["1h", [seen(9 * DAY, 60 * MINUTE - 1)]],
  ["24h", [seen(9 * DAY, 60 * MINUTE)]],
  ["24h", [seen(9 * DAY, DAY - 1)]],
  ["all", [seen(9 * DAY, DAY)]],
  ["1h", [seen(9 * DAY, DAY), seen(MINUTE, 0)]],
  ["all", [{ firstSeenMs: undefined, lastSeenMs: undefined }]],
  ["all", []],
] as const)("is %s for %j", (range, services) => expect(rangeOfActivity(services, NOW)).toBe(range));
