import type { LogRecord } from "../record.ts";
import { json } from "./json.ts";
import type { ParseContext, ParseInside, Parser } from "./parser.ts";
import { PARSERS } from "./registry.ts";
import { text } from "./text.ts";

/** Wrappers in wrappers (syslog in Docker in CRI) that are opened; what lies deeper stays text. */
const MAX_WRAPPERS = 3;

const PARSER_OF_NAME = new Map<string, Parser>(PARSERS.map((parser) => [parser.name, parser]));

const asText: ParseInside = (line, context) => text.parse(line, context);

/** How the content of a wrapper is read, by how many wrappers lie around it. */
const INSIDE: ParseInside[] = [asText];
for (let depth = 1; depth <= MAX_WRAPPERS; depth++) {
  const inside = INSIDE[depth - 1]!;
  INSIDE.push((line, context) => firstOf(line, context, inside));
}
const inside = INSIDE[MAX_WRAPPERS]!;

/** A single clean line as a record: that of the first parser which takes it, or of the one that the service has pinned. */
export function parseLine(line: string, context: ParseContext): LogRecord {
  if (context.parser !== undefined) {
    const pinned = PARSER_OF_NAME.get(context.parser);
    if (pinned) return pinned.parse(line, context, inside) ?? text.parse(line, context);
  }
  return firstOf(line, context, inside);
}

/** A line that must be a JSON object; undefined if it is none. */
export const parseJson = (line: string, context: ParseContext): LogRecord | undefined =>
  json.parse(line, context, inside);

function firstOf(line: string, context: ParseContext, within: ParseInside): LogRecord {
  for (const parser of PARSERS) {
    const record = parser.parse(line, context, within);
    if (record) return record;
  }
  return text.parse(line, context);
}
