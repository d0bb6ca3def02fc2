import { expect, it } from "vitest";
import { readingBudget, takeInTurn, takeNow } from "../../../worker/archive/reading-budget.ts";

it("lets a second reader wait until the first has given back", async () => {
  const { maxBytes } = readingBudget;
  const first = takeNow(maxBytes);
  expect(takeNow(1)).toBeUndefined();
  const second = takeInTurn(1, Date.now() + 5_000);
  setTimeout(() => readingBudget.giveBack(first!), 20);
  expect(await second).toBeDefined();
  readingBudget.giveBack((await second)!);
  expect(readingBudget.bytes).toEqual({ held: 0, most: maxBytes });
});

it("tells who waits too long that there is no room", async () => {
  const all = takeNow(readingBudget.maxBytes);
  expect(await takeInTurn(1, Date.now() + 10)).toBeUndefined();
  readingBudget.giveBack(all!);
});
