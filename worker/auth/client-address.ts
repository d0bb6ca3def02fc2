/**
 * Whom to count a request for: the address that Cloudflare (or the local server) saw; of IPv6 the /64, which is what one
 * subscriber has.
 */
export function clientAddress(request: Request): string {
  const ip = request.headers.get("CF-Connecting-IP") ?? "unknown";
  return ip.includes(":") ? networkOf(ip) : ip;
}

/** The first four groups of an IPv6 address, written out. */
function networkOf(ip: string): string {
  const [head = "", tail] = ip.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    while (groups.length + after.length < 8) groups.push("0");
    groups.push(...after);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
