import { LogRecord } from "../../record.ts";
import { closingQuote } from "../access/closing-quote.ts";
import { levelOfStatus } from "../level.ts";
import type { ParseContext } from "../parser.ts";
import { putNoTime } from "../put-time.ts";
import { Clock } from "./clock.ts";
import type { FieldPart, Part } from "./part.ts";
import { putPart } from "./put-part.ts";

const QUOTE = 34;
const OPEN = 91;

/** Reads a line by a compiled pattern; undefined unless the pattern accounts for the line from its first to its last character. */
export function parseByParts(parts: readonly Part[], line: string, context: ParseContext): LogRecord | undefined {
  const record = new LogRecord();
  const clock = new Clock();
  const filled = new Set<string>();
  let at = 0;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (part.kind === "literal") {
      if (!line.startsWith(part.text, at)) return undefined;
      at += part.text.length;
      continue;
    }
    if (part.target === "clock" && clock.isEmpty && isAbsentClock(parts, index, line, at)) {
      index = lastOfClock(parts, index);
      at++;
      continue;
    }
    const end = endOfValue(parts, index, line, at);
    if (end === -1) return undefined;
    const text = line.slice(at, end);
    if (part.target === "clock") clock.set(part.name, text);
    else if (part.isPreferred || part.target === "attr" || !filled.has(part.target)) {
      if (putPart(record, part, text, context)) filled.add(part.target);
    }
    at = end;
  }
  if (at !== line.length) return undefined;
  return finished(record, clock, filled, line, context);
}

function endOfValue(parts: readonly Part[], index: number, line: string, at: number): number {
  const part = parts[index] as FieldPart;
  if (part.width !== undefined) return at + part.width <= line.length ? at + part.width : -1;
  const next = parts[index + 1];
  if (next === undefined) return line.length;
  if (next.kind === "field") return endOfPath(parts, index, line, at);
  if (part.target === "time" && line.charCodeAt(at) === OPEN && !next.text.startsWith("]"))
    return line.indexOf("]", at) + 1 || -1;
  const before = parts[index - 1];
  const isQuoted = next.text.charCodeAt(0) === QUOTE && before?.kind === "literal" && before.text.endsWith('"');
  if (isQuoted) return closingQuote(line, at);
  return line.indexOf(next.text, at);
}

/** A path that its query string follows at once: it ends at the `?`, or where the query's value ends. */
function endOfPath(parts: readonly Part[], index: number, line: string, at: number): number {
  const after = parts[index + 2];
  const end = after?.kind === "literal" ? line.indexOf(after.text, at) : line.length;
  const query = line.indexOf("?", at);
  return query !== -1 && query < end ? query : end;
}

/** A time that the server had none of: one dash in place of all its pieces. */
function isAbsentClock(parts: readonly Part[], index: number, line: string, at: number): boolean {
  if (line.charAt(at) !== "-") return false;
  const after = parts[lastOfClock(parts, index) + 1];
  return after === undefined ? at + 1 === line.length : after.kind === "literal" && line.startsWith(after.text, at + 1);
}

function lastOfClock(parts: readonly Part[], from: number): number {
  let last = from;
  for (let at = from; at < parts.length; at++) {
    const part = parts[at]!;
    if (part.kind === "field" && part.target !== "clock") break;
    if (part.kind === "field") last = at;
  }
  return last;
}

function finished(
  record: LogRecord,
  clock: Clock,
  filled: Set<string>,
  line: string,
  context: ParseContext,
): LogRecord {
  const time = clock.isEmpty ? undefined : clock.timestamp(context);
  if (time) {
    record.tsMs = time.tsMs;
    record.subNs = time.subNs;
  } else if (!filled.has("time")) putNoTime(record, context);
  if (record.status !== undefined) record.level ??= levelOfStatus(record.status);
  if (record.method !== undefined && record.path !== undefined) {
    record.message ??= [record.method, record.path, record.protocol].filter(Boolean).join(" ");
  }
  record.parser = "pattern";
  record.raw = line;
  return record;
}
