import { access } from "./access.ts";
import { json } from "./json.ts";
import type { Parser } from "./parser.ts";
import { text } from "./text.ts";

/**
 * Every parser, in the order in which they are tried: the first that does not refuse a line has it.
 *
 * Those that know their lines by the first characters stand before those that have to look further.
 */
export const PARSERS = [json, access, text] satisfies Parser[];
