import { hexOfIpv6, ipv4PrefixOf, ipv6LimitsOf, isIpv4, MAPPED, type Network } from "./ip.ts";

/** Digits and dots with three dots: what passes for an IPv4 address here and in SQL (sql-ip.ts). */
const IPV4_SHAPE = /^\d*\.\d*\.\d*\.\d*$/;

/** Whether an address as text lies in a network; `::ffff:10.0.0.1` counts as `10.0.0.1`. */
export function networkTest(network: Network): (ip: string) => boolean {
  if (!isIpv4(network.address)) return ipv6Test(network);
  if (network.bits === 32) {
    const { address } = network;
    return (ip) => ip === address || (ip.length > address.length && ip.toLowerCase() === MAPPED + address);
  }
  const { prefix, low, high } = ipv4PrefixOf(network);
  return (ip) => {
    const ipv4 = ip.slice(0, MAPPED.length).toLowerCase() === MAPPED ? ip.slice(MAPPED.length) : ip;
    if (!ipv4.startsWith(prefix) || !IPV4_SHAPE.test(ipv4)) return false;
    if (low === undefined) return true;
    const octet = Number.parseInt(ipv4.slice(prefix.length), 10) || 0;
    return octet >= low && octet <= high;
  };
}

function ipv6Test(network: Network): (ip: string) => boolean {
  const { low, high } = ipv6LimitsOf(network);
  return (ip) => {
    const hex = hexOfIpv6(ip);
    return hex !== undefined && hex >= low && hex <= high;
  };
}
