import type { LogRecord } from "../record.ts";
import type { EnrichContext } from "./context.ts";

/** The country of the client's address, unless the sender said it. */
export function putCountry(record: LogRecord, context: EnrichContext): void {
  if (record.country !== undefined) return;
  if (record.ip === undefined) record.country = context.requestCountry;
  else if (context.countryOf !== undefined) record.country = context.countryOf(record.ip);
}
