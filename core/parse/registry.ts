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
 * Exact formats stand before loose ones; `text` refuses nothing and is the last.
 */
export const PARSERS: readonly Parser[] = [
  json,
  access,
  syslog5424,
  cri,
  nginxError,
  apacheError,
  alb,
  w3c,
  cef,
  syslog3164,
  logfmt,
  text,
];
