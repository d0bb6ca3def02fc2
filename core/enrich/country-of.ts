import { Reader } from "mmdb-lib";
import { isIp } from "../fields/ip-of.ts";
import { ipv4Of } from "../fields/ipv4-of.ts";
import { isPrivateIp, isPrivateIpv4 } from "../fields/private-ip.ts";
import { RecentCache } from "../recent-cache.ts";
import { Ipv4Tree } from "./country/ipv4-tree.ts";

/** Clients of the last minutes that have no IPv4 address; the table itself takes about 1 µs an address. */
const REMEMBERED = 20_000;

/** The two shapes of public tables: ip-location-db's and MaxMind's. */
type Entry = { country_code?: string; country?: { iso_code?: string } };

/** mmdb-lib reads nothing but a Buffer; the runtimes that it runs in have one. */
const { Buffer } = globalThis as unknown as {
  Buffer: { from(bytes: ArrayBufferLike, offset: number, length: number): Uint8Array };
};

/**
 * Answers the country of an address from a whole `.mmdb` file; private and other addresses of no country have none.
 *
 * @throws Error when the bytes are no such table
 */
export function countryReader(table: Uint8Array): (ip: string) => string | undefined {
  const buffer = Buffer.from(table.buffer, table.byteOffset, table.byteLength);
  // A few hundred countries stand behind some hundred thousand ranges: each is decoded once.
  const reader = new Reader<never>(buffer as ConstructorParameters<typeof Reader>[0], { cache: new Map() });
  const tree = new Ipv4Tree(buffer, reader.metadata);
  /** By the number of the data in the table; "" is of no country. */
  const codes = new Map<number, string>();
  const remembered = new RecentCache<string>(REMEMBERED);
  const look = (ip: string): string => (isIp(ip) && !isPrivateIp(ip) ? countryIn(reader.get(unmapped(ip))) : "");

  const ofIpv4 = (ip: string, ipv4: number): string | undefined => {
    const data = isPrivateIpv4(ipv4) ? undefined : tree.dataOf(ipv4);
    if (data === undefined) return undefined;
    let code = codes.get(data);
    if (code === undefined) {
      code = look(ip);
      codes.set(data, code);
    }
    return code === "" ? undefined : code;
  };

  return (ip) => {
    const ipv4 = ipv4Of(ip);
    if (ipv4 !== -1) return ofIpv4(ip, ipv4);
    let code = remembered.get(ip);
    if (code === undefined) {
      code = look(ip);
      remembered.set(ip, code);
    }
    return code === "" ? undefined : code;
  };
}

/** An IPv4 address as sockets for both kinds write it is looked up as IPv4. */
const unmapped = (ip: string): string => (ip.startsWith("::ffff:") && ip.includes(".") ? ip.slice(7) : ip);

/** "" where a table says nothing, or that it is none. */
function countryIn(entry: Entry | null): string {
  const code = entry?.country_code ?? entry?.country?.iso_code;
  return code === undefined || code === "None" ? "" : code;
}
