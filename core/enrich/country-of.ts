import { Reader } from "mmdb-lib";
import { isIp } from "../fields/ip-of.ts";
import { isPrivateIp } from "../fields/private-ip.ts";
import { RecentCache } from "../recent-cache.ts";

/** Clients of the last minutes; the table itself takes about 1 µs an address. */
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
  const reader = new Reader<never>(buffer as ConstructorParameters<typeof Reader>[0]);
  const remembered = new RecentCache<string>(REMEMBERED);
  return (ip) => {
    const known = remembered.get(ip);
    if (known !== undefined) return known === "" ? undefined : known;
    const country = isIp(ip) && !isPrivateIp(ip) ? countryIn(reader.get(unmapped(ip))) : undefined;
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
