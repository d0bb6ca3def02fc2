import { access } from "./access.ts";
import { alb } from "./alb.ts";
import { apacheError } from "./apache-error.ts";
import { cef } from "./cef.ts";
import { cri } from "./cri.ts";
import { json } from "./json.ts";
import { logfmt } from "./logfmt.ts";
import { nginxError } from "./nginx-error.ts";
import type { Parser } from "./parser.ts";
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
