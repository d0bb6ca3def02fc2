import { describe, expect, it } from "vitest";
import { RELATIVE, rangeOf, rangeQuery, rangeText } from "../../../dashboard/time/range.ts";

describe("rangeOf", () => {
  it.each(["5m", "15m", "1h", "24h", "all", "1432000000000-1432003600000", "-5000-1000"])(
    "reads %s back as it is written",
    (text) => {
      const range = rangeOf(text);
      expect(range && rangeText(range)).toBe(text);
    },
  );

  it.each(["", "2h", "1000-1000", "2000-1000", "now", "toString", "1-2-3"])("refuses %j", (text) => {
    expect(rangeOf(text)).toBeUndefined();
  });
});

it.each([
  [RELATIVE["1h"], { from: "-1h" }],
  [{ kind: "all" } as const, { from: "0" }],
  [{ kind: "fixed", fromMs: 1_000, toMs: 2_000 } as const, { from: "1000", to: "2000" }],
])("asks the API for %j", (range, query) => expect(rangeQuery(range)).toEqual(query));
