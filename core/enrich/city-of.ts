import { isIp } from "../fields/ip-of.ts";
import { isPrivateIp } from "../fields/private-ip.ts";
import { RecentCache } from "../recent-cache.ts";
import { bitsOfIp } from "./city/bits-of-ip.ts";
import { loading, readEntry, readTable, type Table } from "./city/mmdb.ts";
import { Pages, type RangeSource } from "./city/pages.ts";

/** Where an address is, as far as a table of cities knows. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string | undefined;
  /** In English. */
  city: string | undefined;
}

/** A table too large for memory: addresses are looked up before a batch is enriched, and asked for within it. */
export interface CityReader {
  /** Reads what is not known yet of these addresses; the same range once for all of them. */
  lookUp(ips: Iterable<string>): Promise<void>;
  /** Of an address that was looked up; undefined where nothing is known. */
  placeOf(ip: string): Place | undefined;
}

const REMEMBERED = 50_000;
const NOWHERE: Place = { country: undefined, city: undefined };

/**
 * Reads a GeoLite2-City or like table (`.mmdb`) where it lies, in ranges of 64 KB.
 *
 * @returns undefined where the file is no such table
 */
export async function cityReader(source: RangeSource): Promise<CityReader | undefined> {
  const pages = new Pages(source);
  const table = await loading(pages, readTable(pages));
  if (table === undefined) return undefined;
  const remembered = new RecentCache<Place>(REMEMBERED);
  return {
    async lookUp(ips) {
      for (const ip of ips) {
        if (remembered.get(ip) === undefined) remembered.set(ip, await placeIn(pages, table, ip));
      }
    },
    placeOf: (ip) => remembered.get(ip),
  };
}

async function placeIn(pages: Pages, table: Table, ip: string): Promise<Place> {
  const bits = isIp(ip) && !isPrivateIp(ip) ? bitsOfIp(ip) : undefined;
  if (bits === undefined || (bits.length === 128 && table.ipVersion === 4)) return NOWHERE;
  const entry = await loading(pages, readEntry(pages, table, bits));
  const { country, city, country_code: code } = (entry ?? {}) as Record<string, unknown>;
  const iso = textIn(country, "iso_code") ?? code;
  return { country: typeof iso === "string" ? iso : undefined, city: textIn(objectIn(city, "names"), "en") };
}

const objectIn = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function textIn(value: unknown, name: string): string | undefined {
  const text = objectIn(value, name);
  return typeof text === "string" ? text : undefined;
}
