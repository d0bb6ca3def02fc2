import { countryReader } from "../../core/enrich/country-of.ts";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";

type CountryOf = (ip: string) => string | undefined;

/** Where the build puts the database among the static assets (public domain, see docs/decisions). */
const ADDRESS = "https://assets.local/geo/iptoasn-country.mmdb";
const RETRY_AFTER_MS = 60_000;

let reader: CountryOf | undefined;
let failedMs = 0;

/** Country of an address, ISO 3166-1 alpha-2. The table (5 MB) is loaded once an isolate; without it nothing has a country. */
export async function countryLookup(env: Env): Promise<CountryOf> {
  if (reader) return reader;
  if (Date.now() - failedMs < RETRY_AFTER_MS) return () => undefined;
  try {
    const response = await env.ASSETS.fetch(ADDRESS);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    reader = countryReader(new Uint8Array(await response.arrayBuffer()));
    return reader;
  } catch (error) {
    logWarning("country_table_unreadable", { error });
    failedMs = Date.now();
    return () => undefined;
  }
}
