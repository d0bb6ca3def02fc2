import { ipv4PrefixOf, ipv6LimitsOf, isIpv4, MAPPED, type Network } from "./ip.ts";
import type { Bind } from "./sql-text.ts";

/** The condition that the address in `expr` (text or NULL) lies in a network; the same steps as network-test.ts. */
export function networkSql(expr: string, network: Network, bind: Bind): string {
  if (!isIpv4(network.address)) return ipv6Sql(expr, network, bind);
  if (network.bits === 32) {
    return `(${expr} = ${bind(network.address)} OR ${expr} = ${bind(MAPPED + network.address)} COLLATE NOCASE)`;
  }
  const { prefix, low, high } = ipv4PrefixOf(network);
  const place = bind(prefix);
  const octets = Array.from({ length: 4 - prefix.split(".").length + 1 }, () => "*").join(".");
  const isIpv4Within = (ipv4: string): string => {
    // Digits and dots only, with three dots.
    const shape = `${ipv4} GLOB ${place} || '${octets}' AND ${ipv4} NOT GLOB ${place} || '${octets}.*' AND ${ipv4} NOT GLOB '*[^0-9.]*'`;
    if (low === undefined) return shape;
    // The cast reads digits up to the next dot.
    return `${shape} AND CAST(substr(${ipv4}, ${prefix.length + 1}) AS INTEGER) BETWEEN ${bind(low)} AND ${bind(high)}`;
  };
  const mapped = `${expr} LIKE '${MAPPED}%' AND ${isIpv4Within(`substr(${expr}, ${MAPPED.length + 1})`)}`;
  return `(${isIpv4Within(expr)} OR ${mapped})`;
}

/** `::` is filled up to eight groups, then each group to four digits; 32 hex digits have the order of the addresses. */
function ipv6Sql(expr: string, network: Network, bind: Bind): string {
  const { low, high } = ipv6LimitsOf(network);
  const missing = "8 - length(a) + length(replace(a, ':', ''))";
  const whole = `replace(a, '::', substr(':0:0:0:0:0:0:0:', 1, max(0, 1 + 2 * (${missing}))))`;
  const groups = `json_each('["' || replace(${whole}, ':', '","') || '"]')`;
  const hex = `(SELECT group_concat(substr('0000' || value, -4), '') FROM (SELECT lower(${expr}) AS a), ${groups})`;
  const isIpv6 = `${expr} GLOB '*:*' AND ${expr} NOT GLOB '*[^0-9a-fA-F:]*'`;
  const isBetween = `${hex} BETWEEN ${bind(low)} AND ${bind(high)}`;
  // BETWEEN alone would take a shorter text whose first digits fit.
  return `CASE WHEN ${isIpv6} THEN ${isBetween} AND length(${hex}) = 32 END`;
}
