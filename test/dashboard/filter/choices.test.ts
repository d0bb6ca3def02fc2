import { expect, it } from "vitest";
import { movedChoice } from "../../../dashboard/filter/choices.tsx";

it.each([
  ["ArrowDown", -1, 0],
  ["ArrowDown", 0, 1],
  ["ArrowDown", 2, 0],
  ["ArrowUp", -1, 2],
  ["ArrowUp", 0, 2],
  ["ArrowUp", 2, 1],
  ["Enter", 1, undefined],
])("%s from choice %d of three goes to %s", (key, at, next) => {
  expect(movedChoice(key, at, 3)).toBe(next);
});
