/**
 * Whether an address is of no country: private, loopback, link-local, shared (RFC 6598), multicast, unspecified, or reserved.
 *
 * @param ip IPv4 or IPv6 text; other text gives whatever its first letters say
 */
export function isPrivateIp(ip: string): boolean {
  return ip.includes(":") ? isPrivateIpv6(ip) : isPrivateText(ip);
}

/** The same of an IPv4 address as 32 bits. */
export const isPrivateIpv4 = (bits: number): boolean =>
  isPrivateRange(bits >>> 24, (bits >>> 16) & 0xff, (bits >>> 8) & 0xff);

function isPrivateText(ip: string): boolean {
  const dot = ip.indexOf(".");
  const first = Number(ip.slice(0, dot));
  if (isPublicFirst(first)) return false;
  const [second, third] = ip.slice(dot + 1).split(".", 2);
  return isPrivateRange(first, Number(second), Number(third));
}

/** Whether the first number alone tells that an address is of a country, as for nearly all. */
const isPublicFirst = (first: number): boolean =>
  first < 224 &&
  first !== 0 &&
  first !== 10 &&
  first !== 127 &&
  first !== 192 &&
  first !== 172 &&
  first !== 169 &&
  first !== 100 &&
  first !== 198;

function isPrivateRange(first: number, second: number, third: number): boolean {
  switch (first) {
    case 0:
    case 10:
    case 127:
      return true;
    case 192:
      return second === 168 || (second === 0 && (third === 2 || third === 0));
    case 172:
      return second >= 16 && second <= 31;
    case 169:
      return second === 254;
    case 100:
      return second >= 64 && second <= 127;
    case 198:
      return second === 18 || second === 19;
    default:
      return first >= 224;
  }
}

function isPrivateIpv6(ip: string): boolean {
  if (ip.startsWith("::ffff:") && ip.includes(".")) return isPrivateText(ip.slice(7));
  if (ip.startsWith("::")) return true;
  const head = ip.slice(0, 4).toLowerCase();
  if (head[3] === ":" || head[2] === ":" || head[1] === ":") return false;
  // fc00::/7 unique local, fe80::/10 link-local, ff00::/8 multicast.
  return head.startsWith("fc") || head.startsWith("fd") || head.startsWith("ff") || /^fe[89ab]/.test(head);
}
