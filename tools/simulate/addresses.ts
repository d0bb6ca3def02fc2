import type { Random } from "./random.ts";

/** First octets that belong to the public internet: no private, loopback, multicast or reserved network among them. */
const PUBLIC_FIRST = Array.from({ length: 222 }, (_, i) => i + 1).filter(
  (octet) => ![10, 100, 127, 169, 172, 192, 198, 203].includes(octet),
);

/** Blocks that the five registries hand out: APNIC, ARIN, LACNIC, RIPE, AFRINIC. */
const IPV6_BLOCKS = ["2400:cb00", "2402:8100", "2409:4042", "2600:1700", "2601:0646", "2607:fb90"].concat([
  "2804:14c",
  "2a00:23c6",
  "2a01:cb08",
  "2a02:8108",
  "2a09:bac1",
  "2c0f:f248",
]);

export function ipv4(random: Random): string {
  return `${random.pick(PUBLIC_FIRST)}.${random.int(256)}.${random.int(256)}.${1 + random.int(254)}`;
}

export function ipv6(random: Random): string {
  const group = () => random.int(0x1_0000).toString(16);
  return `${random.pick(IPV6_BLOCKS)}:${group()}::${group()}:${group()}`;
}

/** 15 % IPv6, about what a server for companies sees. */
export const address = (random: Random): string => (random.chance(0.15) ? ipv6(random) : ipv4(random));
