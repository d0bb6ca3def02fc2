import fc from "fast-check";
import { expect, it } from "vitest";
import { flatText } from "../../core/flat-text.ts";

it("is the same text, whatever it was cut out of", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(60), fc.nat(60), (text, from, length) => {
      const part = text.slice(from, from + length);
      expect(flatText(part)).toBe(text.slice(from, from + length));
    }),
  );
});
