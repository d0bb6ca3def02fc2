import { access } from "./access.ts";
import { alb } from "./alb.ts";
import { apacheError } from "./apache-error.ts";
import { cef } from "./cef.ts";
import { compose } from "./compose.ts";
import { cri } from "./cri.ts";
import { json } from "./json.ts";
import { logfmt } from "./logfmt.ts";
import { nginxError } from "./nginx-error.ts";
import type { Parser, Start } from "./parser.ts";
import { syslog3164 } from "./syslog3164.ts";
import { syslog5424 } from "./syslog5424.ts";
import { text } from "./text.ts";
import { w3c } from "./w3c.ts";

/**
 * Every parser, in the order in which they are tried: the first that does not refuse a line has it.
 *
 * Wrappers stand before what they may hold, exact formats before loose ones; `text` refuses nothing and is the last. All
 * but `logfmt` and `text` know a line that is not theirs by a few characters, so that access lines pay little for the others.
 */
export const PARSERS: readonly Parser[] = [
  json,
  cri,
  compose,
  syslog5424,
  syslog3164,
  access,
  nginxError,
  apacheError,
  alb,
  w3c,
  cef,
  logfmt,
  text,
];

/** Parsers by the names under which a service may pin one: their own, and those that their records bear. */
export const PARSER_OF_NAME: ReadonlyMap<string, Parser> = new Map([
  ...PARSERS.map((parser): [string, Parser] => [parser.name, parser]),
  ["combined", access],
  ["common", access],
  ["docker", json],
]);

const OF_START = new Map<Start, readonly Parser[]>();
for (const start of ["digit", "letter", "other", "{", "<", "["] as const) {
  OF_START.set(
    start,
    PARSERS.filter(({ starts }) => starts === undefined || starts.includes(start)),
  );
}

/** By character code; what lies past the table is `other`. */
const OF_CODE = Array.from({ length: 128 }, (_, code) => OF_START.get(startOf(code))!);

const OF_DIGIT = OF_START.get("digit")!;

function startOf(code: number): Start {
  const char = String.fromCharCode(code);
  if (char === "{" || char === "<" || char === "[") return char;
  if (char >= "0" && char <= "9") return "digit";
  return /[A-Za-z]/.test(char) ? "letter" : "other";
}

/** A date is no key before a `=`. */
const OF_INSTANT = OF_DIGIT.filter((parser) => parser !== logfmt);
/** A date with a space after it is for fewer still: the others want a `T` there. */
const NOT_DATED: ReadonlySet<Parser> = new Set([cri, syslog3164, alb]);
const OF_DATED = OF_INSTANT.filter((parser) => !NOT_DATED.has(parser));

const SPACE = 32;
const DASH = 45;
const COLON = 58;
const T = 84;

/** The parsers that a line may be for, by its first characters: most lines are not shown to the others. */
export function parsersOf(line: string): readonly Parser[] {
  const parsers = OF_CODE[line.charCodeAt(0)] ?? OF_START.get("other")!;
  if (parsers !== OF_DIGIT || line.charCodeAt(4) !== DASH) return parsers;
  const separator = line.charCodeAt(10);
  if (separator === SPACE) return OF_DATED;
  return separator === T && line.charCodeAt(13) === COLON ? OF_INSTANT : parsers;
}
