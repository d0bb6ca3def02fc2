import { parseLine } from "../../../core/parse/parse-line.ts";
import type { ParseContext, ParseInside, Parser } from "../../../core/parse/parser.ts";

/** Received at noon of 20 May 2024, in UTC, by a service with default settings. */
export const CONTEXT: ParseContext = { nowMs: Date.UTC(2024, 4, 20, 12), zone: "UTC", durationUnit: "ms" };

export const INSIDE: ParseInside = parseLine;

/** What a parser makes of a line: the fields of the record without the absent ones, undefined if it refuses. */
export function parsedBy(parser: Parser, line: string, settings: Partial<ParseContext> = {}) {
  const record = parser.parse(line, { ...CONTEXT, ...settings }, INSIDE);
  return record && Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
