import type { FieldEntry } from "../../record.ts";
import { nanosOfSeconds } from "../nanos-of-seconds.ts";

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

export interface HecEvent {
  service: string | undefined;
  entry: FieldEntry;
}

/** One event with its metadata: `{"time":…,"host":…,"source":…,"sourcetype":…,"index":…,"fields":{…},"event":…}`. */
export function hecEvent(json: string): HecEvent | undefined {
  const object = parsed(json);
  if (object === undefined || object.event === undefined || object.event === null) return undefined;
  const { event, time, fields, ...around } = object;
  const extra = isObject(fields) ? { ...around, ...fields } : around;
  const entry = isObject(event)
    ? objectEntry(event, extra)
    : { fields: extra, text: typeof event === "string" ? event : JSON.stringify(event) };
  const timeNs = nanosOfSeconds(time);
  if (timeNs !== undefined) entry.timeNs = timeNs;
  return { service: serviceOf(entry.fields, around), entry };
}

function parsed(json: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The event's own words win over those around it; the loggers of Node put the message one level down. */
function objectEntry(event: Json, around: Json): FieldEntry {
  const { message, ...rest } = event;
  const inner = isObject(message) ? message : message === undefined ? {} : { message };
  const fields = { ...around, ...rest, ...inner };
  const text = textIn(fields.message);
  return text === undefined ? { fields } : { fields, text };
}

/** Words that every sender leaves as they were, and that name nothing. */
const DEFAULTS = new Set(["main", "default", "_json", "httpevent", "manual", "history", "summary"]);

function serviceOf(fields: Json, { index, source, sourcetype }: Json): string | undefined {
  const service = textIn(fields.service) ?? textIn(fields["service.name"]);
  if (service !== undefined) return service;
  return [index, source, sourcetype]
    .map(textIn)
    .find((word) => word !== undefined && !DEFAULTS.has(word) && !word.includes("/"));
}
