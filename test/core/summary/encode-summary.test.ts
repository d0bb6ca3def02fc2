import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
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
});

describe("decodeSummary refuses", () => {
  it.each([
    ["nothing", ""],
    ["a number", "1"],
    ["an array", "[]"],
    ["another version", '{"v":2,"n":1}'],
    ["a negative count", '{"v":1,"n":-1}'],
    ["levels that are no counts", '{"v":1,"n":1,"l":"!"}'],
    ["a class of 700", '{"v":1,"n":1,"s":"8VB"}'],
    ["durations without buckets", '{"v":1,"n":1,"d":[1,1]}'],
    ["an unknown dimension", '{"v":1,"n":1,"t":{"__proto__x":{"v":[],"c":""}}}'],
    ["a value without a count", '{"v":1,"n":1,"t":{"path":{"v":["/"],"c":""}}}'],
    ["a value twice", '{"v":1,"n":2,"t":{"path":{"v":["/","/"],"c":"BB"}}}'],
    ["endless zeros", `{"v":1,"n":1,"i":"${"_".repeat(10_000)}"}`],
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
