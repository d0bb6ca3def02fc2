import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { topOf, uniqueIpsOf } from "../../../core/summary/read-summary.ts";
import { emptySummary, type Summary } from "../../../core/summary/summary.ts";
import { answersOf, anyRecord, recordOf, summaryOf } from "./records.ts";

const anySummary = fc.array(anyRecord, { maxLength: 40 }).map(summaryOf);

function decoded(text: string): Summary {
  const result = decodeSummary(text);
  if (!result.ok) throw new Error(`${result.reason}: ${result.detail}`);
  return result.value;
}

describe("decodeSummary reads what encodeSummary wrote", () => {
  it("of any records", () => {
    fc.assert(
      fc.property(anySummary, (a) => {
        expect(answersOf(decoded(encodeSummary(a)))).toEqual(answersOf(a));
      }),
    );
  });

  it("of no records", () =>
    expect(answersOf(decoded(encodeSummary(emptySummary())))).toEqual(answersOf(emptySummary())));

  it("of so many addresses that they are estimated", () => {
    const summary = summaryOf(Array.from({ length: 5_000 }, (_, i) => recordOf({ ip: `10.1.${i >> 8}.${i & 255}` })));
    expect(decoded(encodeSummary(summary)).ips).toEqual(summary.ips);
  });

  it("after a cut", () => {
    fc.assert(
      fc.property(anySummary, (a) => {
        for (const values of a.values) values?.cut(3);
        expect(answersOf(decoded(encodeSummary(a)))).toEqual(answersOf(a));
      }),
    );
  });

  it("only as far as asked", () => {
    const records = [
      recordOf({ path: "/a/1", pathTemplate: "/a/:id", ip: "10.0.0.1", status: 200 }),
      recordOf({ path: "/" }),
    ];
    const result = decodeSummary(encodeSummary(summaryOf(records)), new Set(["pathTemplate"]));
    const summary = result.ok ? result.value : emptySummary();
    expect(topOf(summary, "pathTemplate", 1).values).toEqual([{ value: "/a/:id", count: 1 }]);
    expect([summary.count, summary.statuses.size, uniqueIpsOf(summary)]).toEqual([2, 0, 0]);
  });
});

describe("encodeSummary", () => {
  it("gives the same text for the same records in any order", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 40 }), (records) => {
        expect(encodeSummary(summaryOf([...records].reverse()))).toBe(encodeSummary(summaryOf(records)));
      }),
    );
  });

  it("writes only what there is", () => {
    expect(encodeSummary(emptySummary())).toBe("1 0");
    expect(encodeSummary(summaryOf([recordOf({ method: "GET" })]))).toBe('1 1\nlevels AAAAAAB\nmethod [["AGET"],"B"]');
  });
});

describe("decodeSummary refuses", () => {
  it.each([
    ["nothing", ""],
    ["JSON", "{}"],
    ["another version", "2 1"],
    ["a negative count", "1 -1"],
    ["no count", "1"],
    ["an unknown section", "1 1\n__proto__ A"],
    ["an empty line", "1 1\n"],
    ["too few levels", "1 1\nlevels AAAAAA"],
    ["levels that are no counts", "1 1\nlevels ***"],
    ["a status of 700", "1 1\nstatuses 8VB"],
    ["a status without a count", "1 1\nstatuses oG"],
    ["bytes that are no number", "1 1\nbytes x"],
    ["durations without buckets", "1 1\ndurations 1 1"],
    ["durations without a sum", "1 1\ndurations x 1 ABJB"],
    ["a value without a count", '1 1\npath [["A/"],""]'],
    ["endless ones", `1 1\nips ${"_".repeat(10_000)}`],
  ])("%s", (_name, text) => {
    expect(decodeSummary(text)).toMatchObject({ ok: false });
  });

  it("or reads, and never throws at, a damaged text", () => {
    fc.assert(
      fc.property(anySummary, fc.nat(), fc.string({ maxLength: 3 }), (a, at, noise) => {
        const text = encodeSummary(a);
        const from = at % text.length;
        const result = decodeSummary(text.slice(0, from) + noise + text.slice(from + 1));
        if (result.ok) answersOf(result.value);
        else expect(result.reason).toMatch(/^[a-z_]+$/);
      }),
      { numRuns: 500 },
    );
  });
});
