import { describe, expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import { LogRecord } from "../../../core/record.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { CASES } from "./cases.ts";

function ask(q: string, record: LogRecord): boolean {
  const parsed = parseFilter(q);
  if (!parsed.ok) throw new Error(`${q}: ${parsed.detail}`);
  return predicateOf(parsed.value, NOW_MS)(record, "web");
}

describe("predicateOf", () => {
  it.each(CASES.map(({ q, record, matches }) => [matches ? "finds" : "leaves out", q, record] as const))(
    "%s by %s",
    (verb, q, record) => {
      expect(ask(q, record)).toBe(verb === "finds");
    },
  );

  it.each([
    ["time:>-15m", -900_000, false],
    ["time:>-15m", -899_999, true],
    ["time:>=-15m", -900_000, true],
    ["time:<=now", 0, true],
    ["time:<now", 0, false],
    ["time:[-1h TO now-1m]", -60_000, true],
    ["time:2026-11-22", 0, true],
    ["time:<2026-11-22", 0, false],
    ["time:>2026-11-22T11:59", 0, true],
    ["time:>2026-11-22T12:00", 0, false],
    ["time:>=2026-11-22T12:00", 0, true],
    ["time:2026-11-22T13:00:00.000+01:00", 0, true],
  ])("%s of a record %d ms from now: %s", (q, offsetMs, expected) => {
    expect(ask(q, Object.assign(new LogRecord(), { tsMs: NOW_MS + offsetMs }))).toBe(expected);
  });
});
