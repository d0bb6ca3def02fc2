import type { Entry } from "../../record.ts";
import { nanosOfSeconds } from "../nanos-of-seconds.ts";

const MAX_FIELDS = 256;

/** The one record of a form: Python's logging.handlers.HTTPHandler posts so. undefined for other bodies with that type. */
export function formEntry(text: string, contentType: string | undefined): Entry | undefined {
  if (!contentType?.includes("x-www-form-urlencoded") || /[\s{]/.test(text)) return undefined;
  const fields: Record<string, unknown> = {};
  for (const pair of text.split("&", MAX_FIELDS)) {
    const equals = pair.indexOf("=");
    if (equals < 1) return undefined;
    const name = decoded(pair.slice(0, equals));
    const value = decoded(pair.slice(equals + 1));
    if (name === "__proto__" || NOTHING.has(value)) continue;
    fields[name] = value;
  }
  if (!("msg" in fields || "message" in fields)) return undefined;
  const { created, ...rest } = fields;
  const timeNs = nanosOfSeconds(created);
  return timeNs === undefined ? { fields } : { fields: rest, timeNs };
}

/** How Python writes absence. */
const NOTHING = new Set(["None", "", "()"]);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
