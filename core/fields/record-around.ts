import type { ParseContext } from "../parse/parser.ts";
import { rawOf } from "../parse/raw-of.ts";
import type { FieldEntry, LogRecord } from "../record.ts";
import { setAttr } from "./bounded.ts";
import { recordOfFields } from "./record-of-fields.ts";

/** What a record has of its own, not of the one who sent it. */
const FILLED = [
  "level",
  "message",
  "method",
  "path",
  "protocol",
  "status",
  "bytes",
  "durationMs",
  "ip",
  "user",
  "referrer",
  "userAgent",
  "country",
  "city",
  "host",
  "app",
  "pid",
  "traceId",
  "spanId",
  "userId",
  "sessionId",
  "event",
] as const satisfies (keyof LogRecord)[];

/**
 * The record of a line that came among fields (labels of a stream, the metadata of an event, a document around a message).
 *
 * What the line says wins, the fields fill the rest; only the envelope's time wins over the line's, for it is finer and the
 * one that the sender sorts by.
 *
 * @param inner the record of `entry.text` alone; changed and given back
 */
export function recordAround(inner: LogRecord, entry: FieldEntry, context: ParseContext): LogRecord {
  const outer = recordOfFields({ fields: entry.fields, timeNs: entry.timeNs, timeMs: entry.timeMs }, context);
  // The level of plain text is a guess; that of a field is not.
  if (inner.parser === "text" && outer.level !== undefined) inner.level = outer.level;
  if (outer.message === entry.text) outer.message = undefined;
  for (const field of FILLED) if (inner[field] === undefined) (inner[field] as unknown) = outer[field];
  putTime(inner, outer, entry);
  putAttrs(inner, outer);
  putFlags(inner, outer);
  if (inner.raw === undefined && inner.parser !== "text" && rawOf(inner) !== entry.text) inner.raw = entry.text;
  return inner;
}

function putTime(inner: LogRecord, outer: LogRecord, entry: FieldEntry): void {
  const hasEnvelope = entry.timeNs !== undefined || entry.timeMs !== undefined;
  if (!hasEnvelope && !inner.flags?.includes("no_time")) return;
  if (outer.flags?.includes("no_time")) return;
  inner.tsMs = outer.tsMs;
  inner.subNs = outer.subNs;
  inner.flags = inner.flags?.filter((flag) => flag !== "no_time");
}

/** A name that both have, with different values, is kept twice: the outer one as `outer.name`. */
function putAttrs(inner: LogRecord, outer: LogRecord): void {
  if (outer.attrs === undefined) return;
  if (inner.attrs === undefined) {
    inner.attrs = outer.attrs;
    return;
  }
  for (const [name, value] of Object.entries(outer.attrs)) {
    if (!Object.hasOwn(inner.attrs, name)) setAttr(inner.attrs, name, value);
    else if (inner.attrs[name] !== value) inner.attrs[`outer.${name}`] = value;
  }
}

function putFlags(inner: LogRecord, outer: LogRecord): void {
  for (const flag of outer.flags ?? []) {
    if (flag === "no_time" || inner.flags?.includes(flag)) continue;
    inner.flags = [...(inner.flags ?? []), flag];
  }
  if (inner.flags?.length === 0) inner.flags = undefined;
}
