import type { LogRecord } from "../record.ts";
import { criContentAt } from "./cri-content-at.ts";
import { isObjectStart, json } from "./json.ts";
import type { ParseContext, ParseInside } from "./parser.ts";
import { parserOfPattern } from "./pattern/parser-of-pattern.ts";
import { putFlag } from "./put-time.ts";
import { PARSER_OF_NAME, parsersOf } from "./registry.ts";
import { stripAnsi } from "./strip-ansi.ts";
import { text } from "./text.ts";

/** Wrappers in wrappers (syslog in Docker in CRI) that are opened; what lies deeper stays text. */
const MAX_WRAPPERS = 3;

const asText: ParseInside = (line, context) => text.parse(line, context);

/** How the content of a wrapper is read, by how many wrappers lie around it. */
const INSIDE: ParseInside[] = [asText];
for (let depth = 1; depth <= MAX_WRAPPERS; depth++) {
  const within = INSIDE[depth - 1]!;
  INSIDE.push((line, context) => parseAny(line, context, within));
}
const inside = INSIDE[MAX_WRAPPERS]!;

/**
 * A line as a record: that of the first parser which takes it, or of the one that the service has pinned.
 *
 * Colours are taken out before, and stay in `raw`. Of several lines as one (a stack trace with the line that it belongs
 * to) the first is read as if it stood alone, and the message then has the others too.
 */
export const parseLine = (line: string, context: ParseContext): LogRecord => parseAny(line, context, inside);

/** A line that must be a JSON object; undefined if it is none. */
export const parseJson = (line: string, context: ParseContext): LogRecord | undefined =>
  json.parse(line, context, inside);

function parseAny(line: string, context: ParseContext, within: ParseInside): LogRecord {
  const plain = stripAnsi(line);
  const lineEnd = plain.indexOf("\n");
  const record =
    lineEnd === -1 || isObjectStart(plain) || criContentAt(plain) !== -1
      ? parsePlain(plain, context, within)
      : parseLines(plain, lineEnd, context, within);
  if (plain !== line) record.raw = line;
  return record;
}

function parseLines(lines: string, firstEnd: number, context: ParseContext, within: ParseInside): LogRecord {
  const record = parsePlain(lines.slice(0, firstEnd), context, within);
  record.message = (record.message ?? "") + lines.slice(firstEnd);
  if (record.parser !== "text") record.raw = lines;
  putFlag(record, "joined");
  return record;
}

/** By the service's pattern or its pinned parser; undefined if it has none or its pattern refuses the line. */
function parseOwn(line: string, context: ParseContext): LogRecord | undefined {
  const record =
    context.pattern === undefined ? undefined : parserOfPattern(context.pattern)?.parse(line, context, inside);
  if (record || context.parser === undefined) return record;
  const pinned = PARSER_OF_NAME.get(context.parser);
  return pinned && (pinned.parse(line, context, inside) ?? text.parse(line, context));
}

function parsePlain(line: string, context: ParseContext, within: ParseInside): LogRecord {
  // A service tells how its lines look, not what lies in their wrappers.
  if (within === inside && (context.parser !== undefined || context.pattern !== undefined)) {
    const own = parseOwn(line, context);
    if (own) return own;
  }
  for (const parser of parsersOf(line)) {
    const record = parser.parse(line, context, within);
    if (record) return record;
  }
  return text.parse(line, context);
}
