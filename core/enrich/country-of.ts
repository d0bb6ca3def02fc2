import { Reader } from "mmdb-lib";
import { isIp } from "../fields/ip-of.ts";
import { ipv4Of } from "../fields/ipv4-of.ts";
import { isPrivateIp } from "../fields/private-ip.ts";
import { RecentCache } from "../recent-cache.ts";
import { RecentIpv4 } from "./recent-ipv4.ts";

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
  const recent = new RecentIpv4();
  const codes: (string | undefined)[] = [undefined];
  const remembered = new RecentCache<string>(REMEMBERED);
  const look = (ip: string): string | undefined =>
    isIp(ip) && !isPrivateIp(ip) ? countryIn(reader.get(unmapped(ip))) : undefined;

  const ofIpv4 = (ip: string, ipv4: number): string | undefined => {
    const known = recent.get(ipv4);
    if (known !== undefined) return codes[known];
    const country = look(ip);
    let code = codes.indexOf(country);
    if (code === -1) code = codes.push(country) - 1;
    recent.set(ipv4, code);
    return codes[code];
  };

  return (ip) => {
    const ipv4 = ipv4Of(ip);
    if (ipv4 !== -1) return ofIpv4(ip, ipv4);
    const known = remembered.get(ip);
    if (known !== undefined) return known === "" ? undefined : known;
    const country = look(ip);
    remembered.set(ip, country ?? "");
    return country;
  };
}

/** An IPv4 address as sockets for both kinds write it is looked up as IPv4. */
const unmapped = (ip: string): string => (ip.startsWith("::ffff:") && ip.includes(".") ? ip.slice(7) : ip);

function countryIn(entry: Entry | null): string | undefined {
  const code = entry?.country_code ?? entry?.country?.iso_code;
  return code === undefined || code === "" || code === "None" ? undefined : code;
}
