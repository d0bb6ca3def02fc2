import { expect, it } from "vitest";
import { markedLines, markIn, markOf } from "../../../tools/chaos/marked-lines.ts";
import { lineSource } from "../../../tools/simulate/lines.ts";
import { shop } from "../../../tools/simulate/sites/shop.ts";

it("marks every line so that it can be read back from the line and from its record", () => {
  const next = markedLines(lineSource(shop, 1, 0));
  for (let mark = 0; mark < 2_000; mark++) {
    const line = next(mark, mark * 10);
    expect(markIn(line)).toBe(mark);
    const record = line.startsWith("{")
      ? { attrs: JSON.parse(line) as Record<string, unknown> }
      : { path: /"[A-Z]+ (\S+) HTTP/.exec(line)![1]! };
    expect(markOf(record)).toBe(mark);
  }
});

it("finds no mark where there is none", () => {
  expect(markOf({ path: "/product/7", attrs: { price: 3 } })).toBeUndefined();
});
