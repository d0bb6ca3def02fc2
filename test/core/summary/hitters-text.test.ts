import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hittersOf, hittersText, maxHittersBytes } from "../../../core/summary/hitters-text.ts";
import { frontCoded, frontCodedBytes, valuesOf } from "../../../core/summary/value-list.ts";
import { anyBatches, anyValue, hittersFrom, LONG, mergedOf } from "./hitters.ts";

const hostile = fc.oneof(
  anyValue,
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\ud800", "\ud800\udc00", "__proto__", '"\\\n', "A".repeat(256)),
);

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

describe("the text of heavy hitters", () => {
  it("tells all, no longer than told", () => {
    const anyValues = fc.array(hostile, { maxLength: 40 });
    fc.assert(
      fc.property(anyValues, anyValues, anyBatches, fc.nat({ max: 20 }), (values, others, batches, capacity) => {
        const hitters = hittersFrom(values, capacity);
        hitters.mergeIn(mergedOf(batches));
        for (const known of [[], hittersFrom(others).byText(), hitters.byText()]) {
          const text = hittersText(hitters, known);
          expect(hittersOf(text, known)).toEqual(hitters);
          expect(text).not.toContain("\n");
          expect(bytesOf(text)).toBeLessThanOrEqual(maxHittersBytes(hitters, known));
        }
      }),
    );
  });

  it.each([
    ["no JSON", "["],
    ["no array", "{}"],
    ["a value that is no text", '[[1],"B"]'],
    ["a value that is too long", `[["A${LONG}"],"B"]`],
    ["more counts than values", '[["Aa"],"BB"]'],
    ["a value twice", '[["Aa","B"],"BB"]'],
    ["more long values than records", '[["Aa"],"B",1,2,0]'],
    ["a value missed more often than any", '[["Aa"],"B",0,0,1,"C"]'],
    ["a negative number", '[["Aa"],"B",-1,0,0]'],
  ])("is refused with %s", (_name, text) => {
    expect(hittersOf(text)).toBeUndefined();
  });

  it("is refused without the values that it was written with", () => {
    const known = hittersFrom(["a", "b"]).byText();
    const text = hittersText(hittersFrom(["b"]), known);
    expect(hittersOf(text, known)?.tallies.size).toBe(1);
    expect(hittersOf(text)).toBeUndefined();
  });
});

describe("front-coded values", () => {
  it("come back, in no more bytes than told", () => {
    fc.assert(
      fc.property(fc.uniqueArray(hostile.filter((value) => value !== LONG)), (values) => {
        const sorted = values.sort();
        const coded = frontCoded(sorted);
        expect(valuesOf(coded)).toEqual(sorted);
        expect(bytesOf(JSON.stringify(coded))).toBeLessThanOrEqual(2 + frontCodedBytes(sorted));
      }),
    );
  });

  it("leave out what a value shares with the one before", () => {
    expect(frontCoded(["/a", "/api/users", "/api/users?page=2"])).toEqual(["A/a", "Cpi/users", "K?page=2"]);
  });

  it.each([[[""]], [[1]], [["Ba"]], [["Aa", "Cb"]], [["é"]]])("are refused as %j", (coded) => {
    expect(valuesOf(coded)).toBeUndefined();
  });
});
