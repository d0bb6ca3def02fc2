/**
 * Whether an address is of no country: private, loopback, link-local, shared (RFC 6598), multicast, unspecified, or reserved.
 *
 * @param ip IPv4 or IPv6 text; other text gives whatever its first letters say
 */
export function isPrivateIp(ip: string): boolean {
  return ip.includes(":") ? isPrivateIpv6(ip) : isPrivateIpv4(ip);
}

function isPrivateIpv4(ip: string): boolean {
  const dot = ip.indexOf(".");
  const first = Number(ip.slice(0, dot));
  if (first === 10 || first === 127 || first === 0 || first >= 224) return true;
  if (first !== 192 && first !== 172 && first !== 169 && first !== 100 && first !== 198) return false;
  const second = Number(ip.slice(dot + 1, ip.indexOf(".", dot + 1)));
  switch (first) {
    case 192:
      return second === 168 || ip.startsWith("192.0.2.") || ip.startsWith("192.0.0.");
    case 172:
      return second >= 16 && second <= 31;
    case 169:
      return second === 254;
    case 100:
      return second >= 64 && second <= 127;
    default:
      return second === 18 || second === 19;
  }
}

function isPrivateIpv6(ip: string): boolean {
  if (ip.startsWith("::ffff:") && ip.includes(".")) return isPrivateIpv4(ip.slice(7));
  if (ip.startsWith("::")) return true;
  const head = ip.slice(0, 4).toLowerCase();
  if (head[3] === ":" || head[2] === ":" || head[1] === ":") return false;
  // fc00::/7 unique local, fe80::/10 link-local, ff00::/8 multicast.
  return head.startsWith("fc") || head.startsWith("fd") || head.startsWith("ff") || /^fe[89ab]/.test(head);
}
