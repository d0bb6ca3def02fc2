import { isExportedLine } from "../export/exported-record.ts";
import { recordAround } from "../fields/record-around.ts";
import { recordOfFields } from "../fields/record-of-fields.ts";
import type { Entry, FieldEntry, LogRecord } from "../record.ts";
import { ok, type Result, refuse } from "../result.ts";
import { isDockerLog, parseDocker } from "./docker.ts";
import { isObjectStart } from "./json.ts";
import { parseJson, parseLine } from "./parse-line.ts";
import type { ParseContext } from "./parser.ts";
import { putFlag } from "./put-time.ts";
import { columnsOfDirective } from "./w3c.ts";

export type EntryRefusal = "invalid_json";

/** 64 KB of text: a longer line is cut there, and marked. See docs/limits-and-cost.md. */
export const MAX_LINE_CHARS = 65_536;

/** A JSON line is read whole up to here, because half of it is no JSON; its record is bounded by its attributes. */
const MAX_JSON_CHARS = 1_048_576;

const HASH = 35;

/**
 * What a protocol found in a request, as a record. Never throws.
 *
 * Nothing is lost: a line that no parser takes is kept as text. Only a line that its sender declared to be JSON and that
 * begins an object without being one is refused. A W3C `#Fields` line names the columns of the lines after it in the
 * same context, so one context is one batch.
 */
export function parseEntry(entry: Entry, context: ParseContext): Result<LogRecord, EntryRefusal> {
  if (typeof entry !== "string") return ok(parseFields(entry, context));
  if (context.declaredJson && isObjectStart(entry)) {
    const record = entry.length > MAX_JSON_CHARS ? undefined : parseJson(entry, context);
    if (!record) return refuse("invalid_json", jsonError(entry));
    return ok(entry.length > MAX_LINE_CHARS ? markLong(record, entry) : record);
  }
  if (entry.length > MAX_LINE_CHARS) return ok(parseLong(entry, context));
  if (entry.charCodeAt(0) === HASH) context.columns = columnsOfDirective(entry) ?? context.columns;
  const record = parseLine(entry, context);
  if (entry.includes("\ufffd")) putFlag(record, "invalid_utf8");
  return ok(record);
}

function parseFields(entry: FieldEntry, context: ParseContext): LogRecord {
  if (hasText(entry)) return recordAround(entry, context, lineInside);
  return isDockerLog(entry.fields) ? parseDocker(entry, context, parseLine) : recordOfFields(entry, context);
}

const hasText = (entry: FieldEntry): entry is FieldEntry & { text: string } => entry.text !== undefined;

/** A line that came among fields. */
function lineInside(line: string, context: ParseContext): LogRecord {
  const record = line.length > MAX_LINE_CHARS ? parseLong(line, context) : parseLine(line, context);
  if (line.includes("\ufffd")) putFlag(record, "invalid_utf8");
  return record;
}

function parseLong(entry: string, context: ParseContext): LogRecord {
  const record = entry.length <= MAX_JSON_CHARS ? parseJson(entry, context) : undefined;
  return markLong(record ?? parseLine(cutLine(entry), context), entry);
}

/** An exported record has its text more than once, and each of them is within the limit. */
function markLong(record: LogRecord, entry: string): LogRecord {
  if (isExportedLine(entry)) return record;
  putFlag(record, "cut");
  record.raw &&= cutLine(record.raw);
  record.raw ??= record.parser === "text" ? undefined : cutLine(entry);
  return record;
}

/** Not between the two halves of a character. */
function cutLine(line: string): string {
  const last = line.charCodeAt(MAX_LINE_CHARS - 1);
  return line.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_LINE_CHARS - 1 : MAX_LINE_CHARS);
}

/** The engine's own words, which name the place. */
function jsonError(line: string): string {
  if (line.length > MAX_JSON_CHARS) return `longer than ${MAX_JSON_CHARS} characters`;
  try {
    JSON.parse(line);
    return "not an object";
  } catch (error) {
    return String((error as Error).message).slice(0, 200);
  }
}
