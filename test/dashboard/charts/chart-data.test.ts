import { describe, expect, it } from "vitest";
import { stacked, sumOf } from "../../../dashboard/charts/chart-data.ts";
import { COUNT_STEPS } from "../../../dashboard/charts/time-axis.ts";

describe("stacked", () => {
  it("puts each layer on those below it, and takes unknown for nothing", () => {
    expect(
      stacked([
        [1, null, 3],
        [10, 20, null],
        [100, 0, 0],
      ]),
    ).toEqual([
      [1, 0, 3],
      [11, 20, 3],
      [111, 20, 3],
    ]);
  });
});

it("adds up what is known", () => expect(sumOf([1, null, 2])).toBe(3));

it("steps a count's axis by whole records only, ever larger", () => {
  expect(COUNT_STEPS.slice(0, 5)).toEqual([1, 2, 5, 10, 20]);
  expect(COUNT_STEPS).toEqual(COUNT_STEPS.toSorted((a, b) => a - b));
});
