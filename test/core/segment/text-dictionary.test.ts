import * as fc from "fast-check";
import { expect, it } from "vitest";
import { textAt } from "../../../core/segment/parquet/plain-texts.ts";
import { hashOf, MAX_PROBES, TextDictionary } from "../../../core/segment/text-dictionary.ts";

const encoder = new TextEncoder();

it("numbers texts in the order in which they come, as strings or as bytes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: "grapheme", maxLength: 40 }), fc.boolean()), { maxLength: 300 }),
      (given) => {
        const dictionary = new TextDictionary();
        const known = new Map<string, number>();
        for (const [text, asBytes] of given) {
          const bytes = encoder.encode(text);
          const code = asBytes
            ? dictionary.codeOfBytes(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length))
            : dictionary.codeOf(text);
          if (!known.has(text)) known.set(text, known.size);
          expect(code).toBe(known.get(text));
        }
        const texts = dictionary.texts();
        expect(Array.from({ length: texts.count }, (_, code) => textAt(texts, code))).toEqual([...known.keys()]);
      },
    ),
  );
});

it("takes texts of any length", () => {
  const dictionary = new TextDictionary();
  const long = "é".repeat(65_536);
  expect([long, "a".repeat(512), "a".repeat(513), long].map((text) => dictionary.codeOf(text))).toEqual([0, 1, 2, 0]);
  expect(textAt(dictionary.texts(), 0)).toBe(long);
});

it("gives up on texts that collide, and has them all the same", () => {
  const dictionary = new TextDictionary();
  const texts = Array.from({ length: MAX_PROBES + 2 }, (_, n) => encoder.encode(`text ${n}`));
  const put = () => texts.map((bytes) => dictionary.codeOfBytes(bytes, 0, bytes.length, 1));
  const first = put();
  expect(first).toEqual(texts.map((_, n) => n));
  const second = put();
  // Those within the bound are found again, the others get a number each time.
  expect(second.slice(0, MAX_PROBES)).toEqual(first.slice(0, MAX_PROBES));
  expect(second.slice(MAX_PROBES)).toEqual([first.length, first.length + 1]);
  expect(textAt(dictionary.texts(), second.at(-1)!)).toBe(`text ${MAX_PROBES + 1}`);
});
