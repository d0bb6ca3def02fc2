import { expect, it } from "vitest";
import { wholeNumberOf } from "../../../core/parse/whole-number.ts";

it.each([
  ["0", 0],
  ["007", 7],
  ["9".repeat(15), 999_999_999_999_999],
  ["9".repeat(16), -1],
  ["", -1],
  ["-1", -1],
  ["1.5", -1],
  ["1a", -1],
])("%j is %d", (text, number) => {
  expect(wholeNumberOf(text)).toBe(number);
});
