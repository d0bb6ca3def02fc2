import fc from "fast-check";
import { expect, it } from "vitest";
import { ipv4Of } from "../../../core/fields/ipv4-of.ts";

it.each([
  ["0.0.0.0", 0],
  ["10.0.0.1", 0x0a000001],
  ["255.255.255.255", 0xffffffff],
])("%s", (text, bits) => {
  expect(ipv4Of(text)).toBe(bits);
});

it.each([
  "",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.256",
  "01.2.3.4",
  "1.2.3.00",
  "1..2.3",
  ".1.2.3",
  "1.2.3.",
  "1.2.3.4 ",
  "::1",
  "a",
])("%j is not written as everyone writes it", (text) => {
  expect(ipv4Of(text)).toBe(-1);
});

it("gives back the text", () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(part, part, part, part, (...parts) => {
      const bits = ipv4Of(parts.join("."));
      expect([bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255]).toEqual(parts);
    }),
  );
});
