import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import { timeRangeOf } from "../../../core/query/time-range-of.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { question } from "./stored.ts";

const MINUTE = 60_000;

describe("timeRangeOf", () => {
  it.each([
    ["level:error", {}],
    ["time:>=-15m", { fromMs: NOW_MS - 15 * MINUTE }],
    ["time:>-15m", { fromMs: NOW_MS - 15 * MINUTE + 1 }],
    ["time:<now", { toMs: NOW_MS }],
    ["time:<=now", { toMs: NOW_MS + 1 }],
    ["time:>=-15m level:error time:<-5m", { fromMs: NOW_MS - 15 * MINUTE, toMs: NOW_MS - 5 * MINUTE }],
    ["time:>=-15m time:>=-10m", { fromMs: NOW_MS - 10 * MINUTE }],
    ["time:[-2h TO -1h} OR time:[-30m TO now}", { fromMs: NOW_MS - 120 * MINUTE, toMs: NOW_MS }],
    ["time:>=-15m OR level:error", {}],
    ["time:>=-15m OR time:<-1d", {}],
    ["(time:>now time:<now) OR time:>=-15m", { fromMs: NOW_MS - 15 * MINUTE }],
    ["time:2026-11-22", { fromMs: Date.UTC(2026, 10, 22), toMs: Date.UTC(2026, 10, 23) }],
    ["-time:>=-15m", {}],
  ])("%s", (q, range) => {
    const parsed = parseFilter(q);
    expect(parsed.ok && timeRangeOf(parsed.value, NOW_MS)).toEqual(range);
  });

  it("leaves out no record that passes", () => {
    fc.assert(
      fc.property(question, ([stored, filter]) => {
        const { fromMs = -Infinity, toMs = Infinity } = timeRangeOf(filter, NOW_MS);
        const passing = stored.filter(({ record, service }) => predicateOf(filter, NOW_MS)(record, service));
        expect(passing.filter(({ record }) => record.tsMs < fromMs || record.tsMs >= toMs)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
