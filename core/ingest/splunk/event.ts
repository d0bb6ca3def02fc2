import { durationOf } from "../../fields/duration-of.ts";
import type { FieldEntry } from "../../record.ts";

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
  const timeMs = epochMs(time);
  if (timeMs !== undefined) entry.timeMs = timeMs;
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

/** Seconds since 1970, as number or text, with a fraction. */
function epochMs(time: unknown): number | undefined {
  const ms = durationOf(time, 1_000);
  return ms !== undefined && ms > 0 ? ms : undefined;
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
