import { expect, it } from "vitest";
import { chartOfRows } from "../../../dashboard/sql/chart-of-rows.ts";

const answer = (names: string[], rows: (string | number | null)[][]) => ({
  columns: names.map((name) => ({ name, type: "mixed" })),
  rows,
  ...{ rowsRead: 0, costDollars: 0, ms: 0, truncated: false },
});
const MINUTE = Date.UTC(2026, 0, 1);

it("draws lines over time, one for each value of the text beside it, with gaps", () => {
  const rows = [
    [MINUTE, "a", 1],
    [MINUTE, "b", 2],
    [MINUTE + 60_000, "a", 3],
  ];
  expect(chartOfRows(answer(["ts_ms", "level", "records"], rows))).toEqual({
    kind: "time",
    timesMs: [MINUTE, MINUTE + 60_000],
    stepMs: 60_000,
    lines: [
      { name: "a", values: [1, 3] },
      { name: "b", values: [2, null] },
    ],
  });
});

it("shows steps that no row has as a gap", () => {
  const rows = [0, 1, 4].map((at) => [MINUTE + at * 60_000, at]);
  expect(chartOfRows(answer(["ts_ms", "records"], rows))).toMatchObject({
    timesMs: [0, 1, 2, 3, 4].map((at) => MINUTE + at * 60_000),
    lines: [{ values: [0, 1, null, null, 4] }],
  });
});

it("leaves times alone that are in no steps", () => {
  const rows = [0, 7, 20].map((seconds) => [MINUTE + seconds * 1_000, seconds]);
  expect(chartOfRows(answer(["ts_ms", "records"], rows))).toMatchObject({
    timesMs: [0, 7, 20].map((seconds) => MINUTE + seconds * 1_000),
  });
});

it("reads ISO 8601 as time, in UTC where no zone is named", () => {
  const rows = [
    ["2026-01-01 00:00:00", 1],
    ["2026-01-01T00:01:00.000Z", 2],
    ["2026-01-01T02:02:00+02:00", 3],
  ];
  const times = [0, 1, 2].map((at) => MINUTE + at * 60_000);
  expect(chartOfRows(answer(["time", "records"], rows))).toMatchObject({ kind: "time", timesMs: times });
});

it("draws bars by what is no number", () => {
  const rows = [
    ["/a", "GET", 5],
    [null, "GET", 2],
  ];
  expect(chartOfRows(answer(["path", "method", "records"], rows))).toEqual({
    kind: "bars",
    valueName: "records",
    bars: [
      { name: "/a · GET", value: 5 },
      { name: "NULL · GET", value: 2 },
    ],
  });
});

it("draws nothing of text alone, or of no row", () => {
  expect(chartOfRows(answer(["a"], [["x"]]))).toBeUndefined();
  expect(chartOfRows(answer(["a"], []))).toBeUndefined();
});
