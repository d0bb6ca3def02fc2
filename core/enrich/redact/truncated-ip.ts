/** `203.0.113.9` → `203.0.113.0`, `2001:db8:1:2::9` → `2001:db8:1::`: /24 and /48, as web analytics has it. Other text stays. */
export function truncatedIp(ip: string): string {
  if (!ip.includes(":")) {
    const dot = ip.lastIndexOf(".");
    return ip.split(".").length === 4 ? `${ip.slice(0, dot)}.0` : ip;
  }
  if (ip.includes(".")) return truncatedIp(ip.slice(ip.lastIndexOf(":") + 1));
  const groups = groupsOf(ip);
  return `${groups.slice(0, 3).join(":")}::`;
}

/** The first groups of an IPv6 address, those left out as 0. */
function groupsOf(ip: string): string[] {
  const [left = "", right] = ip.split("%")[0]!.split("::");
  const start = left === "" ? [] : left.split(":");
  if (right === undefined) return start;
  const end = right === "" ? [] : right.split(":");
  return [...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill("0"), ...end];
}
