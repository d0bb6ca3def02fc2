import { type CityReader, cityReader } from "../../core/enrich/city-of.ts";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";

/** Where an operator puts a GeoLite2-City table, or one like it: `wrangler r2 object put weir-archive/geo/GeoLite2-City.mmdb --file …`. */
export const CITY_TABLE = "geo/GeoLite2-City.mmdb";
/** A table that is put there, replaced or removed is noticed within this time: one head request an isolate. */
const CHECK_EVERY_MS = 5 * 60_000;

let known: { etag: string | undefined; reader: CityReader | undefined } | undefined;
let checkedMs = 0;

/** The operator's table of cities; undefined where there is none. Never throws: lines are not refused for a table. */
export async function cityLookup(env: Env, nowMs: number): Promise<CityReader | undefined> {
  if (known && nowMs - checkedMs < CHECK_EVERY_MS) return known.reader;
  checkedMs = nowMs;
  try {
    const object = await env.ARCHIVE.head(CITY_TABLE);
    if (known && known.etag === object?.etag) return known.reader;
    const reader = object ? await cityReader({ size: object.size, read: rangesOf(env, object.etag) }) : undefined;
    if (object && !reader) logWarning("city_table_unreadable", { key: CITY_TABLE });
    known = { etag: object?.etag, reader };
  } catch (error) {
    logWarning("city_table_unreadable", { key: CITY_TABLE, error });
    known ??= { etag: undefined, reader: undefined };
  }
  return known.reader;
}

/** Of one version: pages of two tables must not be mixed while it is replaced. */
function rangesOf({ ARCHIVE }: Env, etag: string): (offset: number, length: number) => Promise<Uint8Array> {
  return async (offset, length) => {
    const object = await ARCHIVE.get(CITY_TABLE, { range: { offset, length }, onlyIf: { etagMatches: etag } });
    return object && "body" in object ? object.bytes() : new Uint8Array();
  };
}

/** Looks the addresses up that are not known yet; what cannot be read just has no city. */
export async function lookUpCities(cities: CityReader, ips: Iterable<string>): Promise<void> {
  try {
    await cities.lookUp(ips);
  } catch (error) {
    logWarning("city_table_unreadable", { key: CITY_TABLE, error });
    // Asked again at the next batch: the table may have been replaced.
    checkedMs = 0;
  }
}
