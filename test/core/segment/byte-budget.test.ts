import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ByteBudget } from "../../../core/segment/byte-budget.ts";

it("gives up to its size, and nothing one byte past it", () => {
  const budget = new ByteBudget(100, 1_000);
  const first = budget.take(60, 0);
  expect(first).toBeDefined();
  expect(budget.take(41, 0)).toBeUndefined();
  expect(budget.take(40, 0)).toBeDefined();
  expect(budget.take(1, 0)).toBeUndefined();
  budget.giveBack(first!);
  expect(budget.take(60, 0)).toBeDefined();
  expect(budget.bytes).toEqual({ held: 100, most: 100 });
});

it("lets in alone what is larger than all of it", () => {
  const budget = new ByteBudget(100, 1_000);
  const small = budget.take(1, 0);
  expect(budget.take(500, 0)).toBeUndefined();
  budget.giveBack(small!);
  const large = budget.take(500, 0);
  expect(large).toBeDefined();
  expect(budget.take(1, 0)).toBeUndefined();
  budget.giveBack(large!);
  expect(budget.bytes.held).toBe(0);
});

it("takes back at its time what nobody gave back", () => {
  const budget = new ByteBudget(100, 1_000);
  const lost = budget.take(100, 0);
  expect(budget.take(1, 999)).toBeUndefined();
  expect(budget.take(100, 1_000)).toBeDefined();
  budget.giveBack(lost!);
  expect(budget.bytes.held).toBe(100);
});

it("gives in the order of coming, and forgets who does not ask any more", () => {
  const budget = new ByteBudget(100, 10_000);
  const [first, second] = [Symbol("first"), Symbol("second")];
  const held = budget.take(100, 0);
  expect(budget.take(80, 0, first)).toBeUndefined();
  expect(budget.take(10, 0, second)).toBeUndefined();
  budget.giveBack(held!);
  expect(budget.take(10, 1)).toBeUndefined();
  expect(budget.take(10, 999, second)).toBeUndefined();
  expect(budget.take(10, 1_000, second)).toBeDefined();
  expect(budget.take(80, 1_000, first)).toBeDefined();
});

it("never gives more than its size to more than one", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 150 }), fc.boolean())), (steps) => {
      const budget = new ByteBudget(100, 1_000);
      const held: [number, number][] = [];
      for (const [bytes, isReturn] of steps) {
        if (isReturn && held.length > 0) budget.giveBack(held.shift()![0]);
        else {
          const lease = budget.take(bytes, 0);
          if (lease !== undefined) held.push([lease, bytes]);
        }
        const sum = held.reduce((all, [, each]) => all + each, 0);
        expect(budget.bytes.held).toBe(sum);
        if (held.length > 1) expect(sum).toBeLessThanOrEqual(100);
      }
    }),
  );
});
