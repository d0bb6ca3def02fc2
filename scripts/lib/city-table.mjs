import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Puts the GeoLite2-City file that CITY_TABLE names where the Worker looks for it, unless it is there already. */
export async function putCityTable(bucket, path) {
  const table = readFileSync(path);
  const key = "geo/GeoLite2-City.mmdb";
  const there = await bucket.head(key);
  if (there?.etag !== createHash("md5").update(table).digest("hex")) await bucket.put(key, table);
}
