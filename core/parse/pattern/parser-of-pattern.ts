import type { Parser } from "../parser.ts";
import { compilePattern } from "./compile-pattern.ts";

/** As many services as an isolate serves at a time have patterns; at the limit all are compiled anew. */
const MAX_REMEMBERED = 200;

const parsers = new Map<string, Parser | undefined>();

/** The parser of a pattern, compiled once; undefined for one that does not compile, which the settings do not accept. */
export function parserOfPattern(pattern: string): Parser | undefined {
  if (!parsers.has(pattern)) {
    if (parsers.size >= MAX_REMEMBERED) parsers.clear();
    const compiled = compilePattern(pattern);
    parsers.set(pattern, compiled.ok ? compiled.value : undefined);
  }
  return parsers.get(pattern);
}
