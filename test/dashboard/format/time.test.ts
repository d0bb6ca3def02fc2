import { afterEach, expect, it } from "vitest";
import { clockMs, day, full, hourMinute, isSameDay } from "../../../dashboard/format/time.ts";
import { toggleZone, zone } from "../../../dashboard/format/zone.ts";

const MS = Date.UTC(2015, 4, 17, 23, 5, 3, 7);

afterEach(() => {
  zone.value = "local";
});

it("reads a moment in UTC once that is chosen, whatever the machine's zone", () => {
  toggleZone();
  expect([hourMinute(MS), clockMs(MS), day(MS), full(MS)]).toEqual([
    "23:05",
    "23:05:03.007",
    "17 May 2015",
    "2015-05-17 23:05:03.007 UTC",
  ]);
  // The next day begins at midnight of that zone.
  expect(isSameDay(MS, Date.UTC(2015, 4, 17))).toBe(true);
  expect(isSameDay(MS, Date.UTC(2015, 4, 18))).toBe(false);
});

it("goes back to the machine's zone", () => {
  toggleZone();
  toggleZone();
  const { getHours, getMinutes } = Date.prototype;
  const local = new Date(MS);
  expect(hourMinute(MS)).toBe(
    [getHours.call(local), getMinutes.call(local)].map((value) => String(value).padStart(2, "0")).join(":"),
  );
});
