/** Addresses that share their first `bits` bits. */
export interface Network {
  /** The lowest of them, as RFC 5952 writes it. */
  address: string;
  bits: number;
}

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const IPV6_LETTERS = /^[0-9a-fA-F:]+$/;
/** What dual-stack servers write before an IPv4 address. Source: RFC 4291 §2.5.5.2. */
export const MAPPED = "::ffff:";

/** Of an address of IPv6, before the IPv4 address that is mapped into it. */
const MAPPED_BITS = 96;

export const isIpv4 = (text: string): boolean => IPV4.test(text);

/** The network in `10.0.0.0/8`, `2001:db8::/32` or, of one address, `10.0.0.1`; undefined for other text. */
export function networkOf(text: string): Network | undefined {
  const [address, length, more] = text.split("/");
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const ipv4 = address!.slice(0, MAPPED.length).toLowerCase() === MAPPED ? address!.slice(MAPPED.length) : "";
  if (isIpv4(ipv4)) {
    const ownBits = Number(length ?? 128) - MAPPED_BITS;
    return ownBits < 0 ? undefined : networkOf(`${ipv4}/${ownBits}`);
  }
  if (isIpv4(address!)) {
    const bits = Number(length ?? 32);
    return bits > 32 ? undefined : { address: ipv4Text(masked(octetsOf(address!), 8, bits)), bits };
  }
  const hex = isIpv6(address!) ? hexOfIpv6(address!) : undefined;
  const bits = Number(length ?? 128);
  if (hex === undefined || bits > 128) return undefined;
  const groups = hex.match(/.{4}/g)!.map((group) => Number.parseInt(group, 16));
  return { address: ipv6Text(masked(groups, 16, bits)), bits };
}

const octetsOf = (ipv4: string): number[] => ipv4.split(".").map(Number);

const ipv4Text = (octets: readonly number[]): string => octets.join(".");

/** Parts of `width` bits each with all bits after the first `bits` set to zero. */
function masked(parts: readonly number[], width: number, bits: number): number[] {
  return parts.map((part, at) => {
    const kept = Math.min(Math.max(bits - at * width, 0), width);
    return part & ~((1 << (width - kept)) - 1);
  });
}

/** What an IPv4 network's addresses have in common as text: whole octets, and the limits of the one after them. */
export interface Ipv4Prefix {
  /** Whole octets, each with its dot: `10.1.`. */
  prefix: string;
  /** Limits of the octet that follows; undefined where the text alone decides. */
  low: number | undefined;
  high: number;
}

export function ipv4PrefixOf({ address, bits }: Network): Ipv4Prefix {
  const octets = octetsOf(address);
  const whole = Math.floor(bits / 8);
  const prefix = octets
    .slice(0, whole)
    .map((octet) => `${octet}.`)
    .join("");
  const low = bits % 8 === 0 ? undefined : octets[whole];
  return { prefix, low, high: (low ?? 0) + (1 << (8 - (bits % 8))) - 1 };
}

/** The lowest and the highest address of an IPv6 network, as 32 hex digits. */
export function ipv6LimitsOf({ address, bits }: Network): { low: string; high: string } {
  const low = hexOfIpv6(address)!;
  const groups = low.match(/.{4}/g)!.map((group) => Number.parseInt(group, 16));
  const high = groups.map((group, at) => {
    const kept = Math.min(Math.max(bits - at * 16, 0), 16);
    return (group | ((1 << (16 - kept)) - 1)).toString(16).padStart(4, "0");
  });
  return { low, high: high.join("") };
}

function isIpv6(text: string): boolean {
  if (!IPV6_LETTERS.test(text) || text.includes(":::")) return false;
  const groups = text.split(":");
  const [beforeGap = "", afterGap, more] = text.split("::");
  if (more !== undefined || groups.some((group) => group.length > 4)) return false;
  if (afterGap === undefined) return groups.length === 8 && !groups.includes("");
  return !beforeGap.startsWith(":") && !afterGap.endsWith(":") && groups.filter((group) => group !== "").length < 8;
}

/**
 * An IPv6 address as 32 hex digits; undefined where the text is not one. What has the letters of an address but not its shape may
 * come out as any: the database computes the same in SQL (sql-ip.ts), step by step.
 */
export function hexOfIpv6(text: string): string | undefined {
  if (!IPV6_LETTERS.test(text) || !text.includes(":")) return undefined;
  const missing = 8 - (text.length - text.replaceAll(":", "").length);
  const whole = text.toLowerCase().replaceAll("::", ":0:0:0:0:0:0:0:".slice(0, Math.max(0, 1 + 2 * missing)));
  const hex = whole
    .split(":")
    .map((group) => `0000${group}`.slice(-4))
    .join("");
  return hex.length === 32 ? hex : undefined;
}

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups (the first of equals) as `::`. */
function ipv6Text(groups: readonly number[]): string {
  let [runStart, runLength] = [0, 1];
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === 0) end++;
    if (end - at > runLength) [runStart, runLength] = [at, end - at];
  }
  const hex = groups.map((group) => group.toString(16));
  if (runLength === 1) return hex.join(":");
  return `${hex.slice(0, runStart).join(":")}::${hex.slice(runStart + runLength).join(":")}`;
}
