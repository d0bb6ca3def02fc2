import type { Entry } from "../../record.ts";
import { lokiJsonEntries } from "../loki/json.ts";
import { otlpJsonEntries } from "../otlp/json.ts";
import { firehose, isFirehose } from "./firehose.ts";
import type { Sniffed } from "./sniff.ts";

/** Lists of records inside of one object, as clouds and tools send them. */
const LISTS = ["records", "Records", "logEvents", "Events", "events", "logs", "entries", "messages"];

type Json = Record<string, unknown>;

/** One object that is an envelope around many records; undefined where it is a record itself. */
export function unwrap(text: string): Sniffed | undefined {
  const object = parsed(text);
  if (object === undefined) return undefined;
  if (Array.isArray(object.resourceLogs))
    return { entries: otlpJsonEntries(object).map(([, entry]) => entry), recognised: "otlp_json" };
  if (Array.isArray(object.streams))
    return { entries: lokiJsonEntries(object).map(([, entry]) => entry), recognised: "loki_json" };
  if (isFirehose(object)) return firehose(object);
  if ("message" in object || "msg" in object || "level" in object) return undefined;
  const name = LISTS.find((list) => Array.isArray(object[list]));
  if (name === undefined) return undefined;
  const { [name]: items, ...around } = object;
  return {
    entries: (items as unknown[]).map((item) => entryOf(item, around)),
    recognised: `json_${name.toLowerCase()}`,
  };
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** What the envelope says counts for each record, the record's own words first. */
function entryOf(item: unknown, around: Json): Entry {
  if (typeof item === "string") return item;
  if (typeof item !== "object" || item === null) return JSON.stringify(item);
  const fields: Json = { ...around, ...item };
  return typeof fields.message === "string" ? { fields, text: fields.message } : { fields };
}
