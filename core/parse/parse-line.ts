import type { LogRecord } from "../record.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { PARSERS } from "./registry.ts";
import { text } from "./text.ts";

const PARSER_OF_NAME = new Map<string, Parser>(PARSERS.map((parser) => [parser.name, parser]));

/** A single clean line as a record: that of the first parser which takes it, or of the one that the service has pinned. */
export function parseLine(line: string, context: ParseContext): LogRecord {
  if (context.parser !== undefined) {
    const pinned = PARSER_OF_NAME.get(context.parser);
    if (pinned) return pinned.parse(line, context) ?? text.parse(line, context);
  }
  for (const parser of PARSERS) {
    const record = parser.parse(line, context);
    if (record) return record;
  }
  return text.parse(line, context);
}
