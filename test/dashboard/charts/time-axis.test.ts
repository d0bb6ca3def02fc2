import { beforeAll, describe, expect, it } from "vitest";
import { timeLabels } from "../../../dashboard/charts/time-axis.ts";
import { zone } from "../../../dashboard/format/zone.ts";

beforeAll(() => {
  zone.value = "utc";
});

const DAY = 86_400;
const noon = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 12) / 1_000;

it("timeLabels of hours tell each day where it begins, and its year once", () => {
  const hours = [22, 24, 46, 48].map((hour) => Date.UTC(2015, 4, 17, hour) / 1_000);
  expect(timeLabels(hours, 3_600)).toEqual(["22:00\n17 May 2015", "00:00\n18 May", "22:00", "00:00\n19 May"]);
});

describe("timeLabels of days", () => {
  it("tell the year once, where it begins", () => {
    expect(timeLabels([noon(2015, 12, 30), noon(2015, 12, 31), noon(2016, 1, 1), noon(2016, 1, 2)], DAY)).toEqual([
      "30 Dec\n2015",
      "31 Dec",
      "1 Jan\n2016",
      "2 Jan",
    ]);
  });

  it("leave this year out", () => {
    const now = new Date();
    const seconds = [1, 2].map((day) => noon(now.getUTCFullYear(), 6, day));
    expect(timeLabels(seconds, DAY)).toEqual(["1 Jun", "2 Jun"]);
  });
});
