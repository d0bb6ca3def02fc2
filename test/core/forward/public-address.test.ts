import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAddress, isPrivateHost } from "../../../core/forward/public-address.ts";

const check = (address: string, allowPrivate = false) => checkAddress(new URL(address), allowPrivate);

describe("checkAddress takes", () => {
  it.each([
    "https://logs.example.net/push",
    "https://logs.example.net:8443/push?stream=1",
    "https://8.8.8.8/",
    "https://172.15.255.255/",
    "https://172.32.0.0/",
    "https://100.128.0.0/",
    "https://[2606:4700::1111]/",
    "https://local.example.net/",
  ])("%s", (address) => {
    expect(check(address)).toMatchObject({ ok: true });
  });

  it("a private address over http where the operator allows it", () => {
    expect(check("http://127.0.0.1:3100/", true)).toMatchObject({ ok: true });
  });
});

describe("checkAddress refuses", () => {
  it.each([
    ["http", "http://logs.example.net/", "not_https"],
    ["a file", "file:///etc/passwd", "not_https"],
    ["a key in the address", "https://user:key@logs.example.net/", "credentials_in_address"],
    ["loopback", "https://127.0.0.1/", "private_address"],
    ["loopback as one number", "https://2130706433/", "private_address"],
    ["loopback in hex", "https://0x7f.1/", "private_address"],
    ["loopback in octal", "https://0177.0.0.1/", "private_address"],
    ["loopback, short", "https://127.1/", "private_address"],
    ["loopback in wide digits", "https://１２７.0.0.1/", "private_address"],
    ["10/8", "https://10.1.2.3/", "private_address"],
    ["the last of 172.16/12", "https://172.31.255.255/", "private_address"],
    ["192.168/16", "https://192.168.1.1/", "private_address"],
    ["carrier NAT", "https://100.127.255.255/", "private_address"],
    ["cloud metadata", "https://169.254.169.254/latest/meta-data", "private_address"],
    ["cloud metadata by name", "https://metadata.google.internal/", "private_address"],
    ["no address", "https://0.0.0.0/", "private_address"],
    ["multicast", "https://224.0.0.1/", "private_address"],
    ["broadcast", "https://255.255.255.255/", "private_address"],
    ["IPv6 loopback", "https://[::1]/", "private_address"],
    ["IPv4 in IPv6", "https://[::ffff:10.0.0.1]/", "private_address"],
    ["IPv4 in IPv6, in hex", "https://[::ffff:7f00:1]/", "private_address"],
    ["NAT64", "https://[64:ff9b::a00:1]/", "private_address"],
    ["6to4", "https://[2002:a00:1::]/", "private_address"],
    ["unique local", "https://[fd00::1]/", "private_address"],
    ["link local", "https://[fe80::1]/", "private_address"],
    ["localhost", "https://localhost/", "private_address"],
    ["localhost with a dot", "https://localhost./", "private_address"],
    ["below localhost", "https://a.localhost/", "private_address"],
    ["a bare name", "https://loki:3100/", "private_address"],
    ["mDNS", "https://printer.local/", "private_address"],
  ])("%s", (_name, address, reason) => {
    expect(check(address)).toMatchObject({ ok: false, reason });
  });

  it("an embedded key even where private addresses are allowed", () => {
    expect(check("http://a:b@127.0.0.1/", true)).toMatchObject({ ok: false, reason: "credentials_in_address" });
  });
});

it("never takes an address of a private IPv4 network, however a URL spells it", () => {
  const spellings = fc.constantFrom<(n: number) => string>(
    (n) => String(n),
    (n) => `0x${n.toString(16)}`,
    (n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join("."),
    (n) => `${n >>> 24}.${n & 0xffffff}`,
    (n) => `[::ffff:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
  );
  const inside = fc.oneof(
    fc.nat(0xffffff).map((rest) => (10 << 24) + rest),
    fc.nat(0xffffff).map((rest) => 127 * 2 ** 24 + rest),
    fc.nat(0xffff).map((rest) => 0xc0a80000 + rest),
    fc.nat(0xfffff).map((rest) => 0xac100000 + rest),
  );
  fc.assert(
    fc.property(inside, spellings, (address, spelled) => {
      expect(isPrivateHost(new URL(`https://${spelled(address)}/`).hostname)).toBe(true);
    }),
  );
});
