import type { ParseContext } from "../parse/parser.ts";
import { rawOf } from "../parse/raw-of.ts";
import type { FieldEntry, LogRecord } from "../record.ts";
import { setAttr } from "./bounded.ts";
import { OWN_NUMBERS, OWN_TEXTS } from "./own-fields.ts";
import { recordOfFields } from "./record-of-fields.ts";

/** What a record has of its own, not of the one who sent it. */
const FILLED = ["level", ...OWN_TEXTS, ...OWN_NUMBERS] as const satisfies (keyof LogRecord)[];

/**
 * The record of a line that came among fields (labels of a stream, the metadata of an event, a document around a message).
 *
 * What the line says wins, the fields fill the rest; only the envelope's time wins over the line's, for it is finer and the
 * one that the sender sorts by.
 *
 * @param parse the record of the line alone
 */
export function recordAround(
  entry: FieldEntry & { text: string },
  context: ParseContext,
  parse: (line: string, context: ParseContext) => LogRecord,
): LogRecord {
  const { fields, text, timeNs, timeMs } = entry;
  const outer = recordOfFields({ fields, timeNs, timeMs }, context);
  if (outer.message === text) outer.message = undefined;
  if (outer.level !== undefined && hasTime(outer) && isProse(text)) return withMessage(outer, entry);
  const inner = parse(text, context);
  // The level of plain text is a guess; that of a field is not.
  if (inner.parser === "text" && outer.level !== undefined) inner.level = outer.level;
  for (const field of FILLED) if (inner[field] === undefined) (inner[field] as unknown) = outer[field];
  putTime(inner, outer, entry);
  putAttrs(inner, outer);
  putFlags(inner, outer);
  if (entry.line !== undefined) inner.raw = entry.line;
  else if (inner.raw === undefined && inner.parser !== "text" && rawOf(inner) !== text) inner.raw = text;
  return inner;
}

const hasTime = (record: LogRecord): boolean => !record.flags?.includes("no_time");

/** Such a line would be text, and nothing is left to be looked for in it. */
function withMessage(outer: LogRecord, { text, line }: FieldEntry & { text: string }): LogRecord {
  if (outer.message !== undefined) {
    outer.attrs ??= {};
    setAttr(outer.attrs, "outer.message", outer.message);
  }
  outer.message = text;
  outer.parser = "text";
  outer.raw = line;
  return outer;
}

/** Letters that every structured line has one of: JSON, access lines, logfmt, syslog, CEF, columns, colours, traces. */
const STRUCTURE = /[={<"[|\x1b\n\t\ufffd]/;
const MAX_PROSE = 1_000;

/** Whether no parser but that of plain text would take a line: a sentence that begins with a word. */
function isProse(text: string): boolean {
  if (text.length > MAX_PROSE || STRUCTURE.test(text)) return false;
  const first = text.charCodeAt(0) | 32;
  // The old syslog's `Oct 11 22:14:15`, and glog's `I1122 01:00:00`.
  return first >= 97 && first <= 122 && !/^[A-Z](?:[a-z]{2} [ \d]\d|\d)/.test(text);
}

function putTime(inner: LogRecord, outer: LogRecord, entry: FieldEntry): void {
  const hasEnvelope = entry.timeNs !== undefined || entry.timeMs !== undefined;
  if (!hasEnvelope && !inner.flags?.includes("no_time")) return;
  if (!hasTime(outer)) return;
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
