import { describe, expect, it } from "vitest";
import { bytes, change, duration, percent, rate, short, tiny } from "../../../dashboard/format/number.ts";

describe("short", () => {
  it.each([
    [0, "0"],
    [9_999, "9,999"],
    [10_000, "10.0 k"],
    [38_120, "38.1 k"],
    [999_499, "999 k"],
    [4_621_907, "4.62 M"],
    [1_312_869_333, "1.31 G"],
  ])("%d is %s", (value, text) => expect(short(value)).toBe(text));
});

describe("tiny", () => {
  it.each([
    [0, "0"],
    [0.5, "0.5"],
    [500, "500"],
    [1_500, "1.5k"],
    [20_000, "20k"],
    [2_500_000, "2.5M"],
  ])("%d is %s", (value, text) => expect(tiny(value)).toBe(text));
});

describe("percent", () => {
  it.each([
    [0, "0"],
    [0.00001, "< 0.01"],
    [0.0091, "0.91"],
    [0.124, "12.4"],
    [0.9997, "99.9"],
    [1, "100"],
  ])("%d is %s", (share, text) => expect(percent(share)).toBe(text));
});

describe("rate", () => {
  it.each([
    [0, "0"],
    [0.04, "0.04"],
    [0.3, "0.3"],
    [12.44, "12.4"],
    [1_284, "1,284"],
    [66_949, "66.9 k"],
  ])("%d is %s", (perSecond, text) => expect(rate(perSecond)).toBe(text));
});

it.each([
  [999, "999 B"],
  [203_023, "203 kB"],
  [1_312_869_333, "1.31 GB"],
])("%d bytes are %s", (value, text) => expect(bytes(value)).toBe(text));

it.each([
  [0.42, "0.4 ms"],
  [143.4, "143 ms"],
  [1_240, "1.24 s"],
  [185_000, "3 min 5 s"],
  [7_260_000, "2 h 1 min"],
])("%d milliseconds are %s", (ms, text) => expect(duration(ms)).toBe(text));

describe("change", () => {
  it.each([
    [0, "±0 %"],
    [0.124, "+12.4 %"],
    [-0.5, "−50.0 %"],
    [-1, "−100 %"],
    [1, "+100 %"],
    [2.456, "+246 %"],
    [8.99, "+899 %"],
    [9, "× 10"],
    [24.2, "× 25"],
  ])("%d is %s", (relative, text) => expect(change(relative)).toBe(text));
});
