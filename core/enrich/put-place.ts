import type { LogRecord } from "../record.ts";
import type { EnrichContext } from "./context.ts";

/** City, and the country that goes with it, where the operator has given a table of cities. */
export function putPlace(record: LogRecord, { placeOf }: EnrichContext): void {
  if (placeOf === undefined || record.ip === undefined || record.city !== undefined) return;
  const place = placeOf(record.ip);
  if (place === undefined) return;
  record.city = place.city;
  record.country ??= place.country;
}
