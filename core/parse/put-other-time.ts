import type { LogRecord } from "../record.ts";
import type { ParseContext } from "./parser.ts";
import { dropNoTime } from "./put-time.ts";
import { parseTimestamp } from "./timestamp.ts";

/** `utcTime`, `event_timestamp`, `UNIFIutcTime`. */
const TIME_NAME = /time(?:stamp)?$/i;

/** Names looked at: a product with more times than these has none of its own. */
const MAX_NAMES = 64;

/**
 * Gives a record that found no time under a known name the first that stands under a name ending in `time`.
 *
 * For formats whose products name their fields as they like; the field stays where it is.
 */
export function putOtherTime(record: LogRecord, context: ParseContext): void {
  if (!record.flags?.includes("no_time") || !record.attrs) return;
  for (const name of Object.keys(record.attrs).slice(0, MAX_NAMES)) {
    const value = record.attrs[name];
    if (typeof value !== "string" || !TIME_NAME.test(name)) continue;
    const time = parseTimestamp(value, context);
    if (!time) continue;
    record.tsMs = time.tsMs;
    record.subNs = time.subNs;
    dropNoTime(record);
    return;
  }
}
