import { ok, type Result, refuse } from "../result.ts";

export type AddressRefusal = "not_https" | "credentials_in_address" | "private_address";

/** Names that are of a private network by convention: RFC 6761, 6762, 8375 and what clouds call their own. */
const PRIVATE_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|home\.arpa|corp|private|invalid|test|example)$/;

/** First address and prefix length of what the IANA registries say is not reachable from everywhere. */
const PRIVATE_V4: readonly [address: number, bits: number][] = (
  [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const
).map(([text, bits]) => [numberOf(text), bits]);

/**
 * Whether records may be sent to an address: https, and nowhere inside of a network. The parts are those of a parsed URL, where
 * `2130706433`, `0x7f.1` and `127.1` have all become `127.0.0.1`.
 *
 * A name is judged by what it says, not by what it resolves to: on Cloudflare a request cannot reach a private network; on a machine
 * of your own, a name of yours that points inside is yours to avoid.
 *
 * @param allowPrivate FORWARD_PRIVATE=1: the operator wants to send inside, over http too
 */
export function checkAddress(
  {
    protocol,
    hostname,
    username,
    password,
  }: { protocol: string; hostname: string; username: string; password: string },
  allowPrivate: boolean,
): Result<undefined, AddressRefusal> {
  if (username !== "" || password !== "")
    return refuse("credentials_in_address", "put the key into a header, not into the address");
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:"))
    return refuse("not_https", "the address must begin with https://");
  if (!allowPrivate && isPrivateHost(hostname)) return refuse("private_address", "the address is of a private network");
  return ok(undefined);
}

/** @param hostname as a URL has it: lower case, IPv4 in four decimals, IPv6 in brackets */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, "");
  if (name.startsWith("[")) return isPrivateV6(name.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return isPrivateV4(numberOf(name));
  // A name without a dot is looked up in the machine's own domain.
  return !name.includes(".") || PRIVATE_NAME.test(name);
}

const isPrivateV4 = (address: number): boolean =>
  PRIVATE_V4.some(([first, bits]) => address >>> (32 - bits) === first >>> (32 - bits));

function isPrivateV6(text: string): boolean {
  const groups = groupsOf(text);
  const [a, b] = [groups[0]!, groups[1]!];
  const isEmbedded = groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || groups[5] === 0);
  // ::1, ::, ::ffff:10.0.0.1 and ::10.0.0.1; NAT64 64:ff9b::/96 and 6to4 2002::/16 carry an IPv4 address too.
  if (isEmbedded) return true;
  if (a === 0x64 && b === 0xff9b) return true;
  if (a === 0x2002 || (a === 0x2001 && b < 0x200) || (a === 0x2001 && b === 0xdb8)) return true;
  // Only 2000::/3 is global unicast; fc00::/7, fe80::/10 and ff00::/8 lie outside of it.
  return a >>> 13 !== 1;
}

/** The eight groups of an IPv6 address as a URL writes it. */
function groupsOf(text: string): number[] {
  const [head = "", tail] = text.split("::");
  const parse = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail ?? "")];
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
}

function numberOf(text: string): number {
  return text.split(".").reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}
