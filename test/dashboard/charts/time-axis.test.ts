import { describe, expect, it } from "vitest";
import { timeLabels } from "../../../dashboard/charts/time-axis.ts";

const DAY = 86_400;
const noon = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 12) / 1_000;

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
