import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import { NO_LEVEL_BIT, pruneOf, type SegmentStats } from "../../../core/query/prune-of.ts";
import { SEARCHED_FIELDS } from "../../../core/query/search-text.ts";
import { containsTest } from "../../../core/query/text-test.ts";
import { LEVELS, type LogRecord } from "../../../core/record.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { question } from "./stored.ts";

const NUMBERS = ["status", "bytes", "durationMs"] as const;

function statsOf(service: string, records: readonly LogRecord[]): SegmentStats {
  const times = records.map(({ tsMs }) => tsMs);
  const numbers = Object.fromEntries(
    NUMBERS.map((field) => {
      const values = records.map((record) => record[field]).filter((value) => value !== undefined);
      const hasGaps = values.length < records.length;
      if (values.length === 0) return [field, { min: undefined, max: undefined, hasGaps }];
      return [field, { min: Math.min(...values), max: Math.max(...values), hasGaps }];
    }),
  );
  return {
    service,
    minMs: Math.min(...times),
    maxMs: Math.max(...times),
    levels: records.reduce(
      (bits, { level }) => bits | (level === undefined ? NO_LEVEL_BIT : 1 << LEVELS.indexOf(level)),
      0,
    ),
    numbers,
    mayContain: (piece) => {
      const found = containsTest([piece]);
      return records.some(
        (record) =>
          SEARCHED_FIELDS.some((field) => record[field] !== undefined && found(record[field])) ||
          (record.attrs !== undefined && found(JSON.stringify(record.attrs))),
      );
    },
  };
}

it("says none or all only where it is so, however little is known", () => {
  const known = fc.subarray(["service", "minMs", "maxMs", "levels", "numbers", "mayContain"] as const);
  fc.assert(
    fc.property(question, known, ([stored, filter], parts) => {
      const all = statsOf(
        "web",
        stored.map(({ record }) => record),
      );
      const stats = Object.fromEntries(parts.map((part) => [part, all[part]])) as SegmentStats;
      const share = pruneOf(filter, stats, NOW_MS);
      const passing = stored.filter(({ record }) => predicateOf(filter, NOW_MS)(record, "web")).length;
      if (share === "none") expect(passing).toBe(0);
      if (share === "all") expect(passing).toBe(stored.length);
    }),
    { numRuns: 500 },
  );
}, 60_000);

describe("pruneOf, of an hour of one service's errors,", () => {
  const stats: SegmentStats = {
    service: "web",
    minMs: NOW_MS - 3_600_000,
    maxMs: NOW_MS - 1,
    levels: (1 << LEVELS.indexOf("error")) | (1 << LEVELS.indexOf("fatal")),
    numbers: {
      status: { min: 500, max: 504, hasGaps: false },
      bytes: { min: 10, max: 20, hasGaps: true },
      durationMs: { min: undefined, max: undefined, hasGaps: true },
    },
    mayContain: (piece) => "timeout upstream".includes(piece.toLowerCase()),
  };
  it.each([
    ["", "all"],
    ["-*", "none"],
    ["time:>now", "none"],
    ["time:>=-1h", "all"],
    ["time:>-30m", "some"],
    ["time:<-1h", "none"],
    ["-time:<-1h", "all"],
    ["service:web", "all"],
    ["service:w*", "all"],
    ["service:api", "none"],
    ["level:>=error", "all"],
    ["level:fatal", "some"],
    ["level:info", "none"],
    ["has:level", "all"],
    ["status:5xx", "all"],
    ["-status:5xx", "none"],
    ["status:>=502", "some"],
    ["status:404", "none"],
    ["status:>504", "none"],
    ["status:{504 TO *]", "none"],
    ["bytes:[10 TO 20]", "some"],
    ["bytes:>20", "none"],
    ["has:status", "all"],
    ["has:bytes", "some"],
    ["has:duration_ms", "none"],
    ["-has:duration_ms", "all"],
    ["Upstream", "some"],
    ["refused", "none"],
    ["up*refused", "none"],
    ["message:*refused*", "none"],
    ["user_agent:curl", "none"],
    ["attrs.reason:refused", "none"],
    ["attrs.code:42", "some"],
    ['attrs.reason:"a\\"b"', "some"],
    ["host:refused", "some"],
    ["10.0", "some"],
    ["ip:10.0.0.0/8", "some"],
    ["refused OR status:404", "none"],
    ["refused OR status:>503", "some"],
    ["refused OR status:5xx", "all"],
    ["status:5xx level:error", "some"],
    ["status:5xx level:info", "none"],
  ])("finds by %s: %s", (q, share) => {
    const parsed = parseFilter(q);
    expect(parsed.ok && pruneOf(parsed.value, stats, NOW_MS)).toBe(share);
  });
});
