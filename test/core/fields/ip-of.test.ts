import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipOf, isIp } from "../../../core/fields/ip-of.ts";
import { ipv4Of } from "../../../core/fields/ipv4-of.ts";
import { isPrivateIp, isPrivateIpv4 } from "../../../core/fields/private-ip.ts";

describe("ipOf finds", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["192.0.2.1:8080", "192.0.2.1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["203.0.113.9, 10.0.0.1", "203.0.113.9"],
    ["192.168.1.100,10.0.0.50", "10.0.0.50"],
    ["10.0.0.1, 203.0.113.9:1234, unknown", "203.0.113.9"],
  ])("%s → %s", (text, ip) => {
    expect(ipOf(text)).toBe(ip);
  });
});

describe("ipOf refuses", () => {
  it.each(["", "-", "web-1", "localhost", "1.2.3", "abcd", "12:30", "[::1", "bad.example.com", "unknown, unknown"])(
    "%j",
    (text) => {
      expect(ipOf(text)).toBeUndefined();
    },
  );
});

it.each([
  "10.1.2.3",
  "172.16.0.1",
  "172.31.9.9",
  "192.168.1.1",
  "127.0.0.1",
  "100.64.0.1",
  "169.254.1.1",
  "0.0.0.0",
  "224.0.0.1",
  "192.0.2.4",
  "::1",
  "::",
  "fd00::1",
  "fe80::1",
  "ff02::1",
  "::ffff:10.0.0.1",
])("%s is of no country", (ip) => {
  expect(isIp(ip) && isPrivateIp(ip)).toBe(true);
});

it.each([
  "172.15.0.1",
  "172.32.0.1",
  "100.63.0.1",
  "100.128.0.1",
  "11.0.0.1",
  "192.167.1.1",
  "8.8.8.8",
  "2001:4860::8888",
  "f::1",
  "fe00::1",
  "::ffff:8.8.8.8",
])("%s may be of a country", (ip) => {
  expect(isIp(ip) && !isPrivateIp(ip)).toBe(true);
});

it("says the same of an address as text and as 32 bits", () => {
  const first = fc.oneof(fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 223, 224), fc.nat({ max: 255 }));
  const second = fc.oneof(fc.constantFrom(0, 16, 31, 64, 127, 168, 254, 18, 19), fc.nat({ max: 255 }));
  const third = fc.oneof(fc.constantFrom(0, 2), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(first, second, third, fc.nat({ max: 255 }), (...parts) => {
      const ip = parts.join(".");
      expect(isPrivateIpv4(ipv4Of(ip))).toBe(isPrivateIp(ip));
    }),
    { numRuns: 1_000 },
  );
});
