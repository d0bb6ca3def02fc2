import { LogRecord } from "../record.ts";
import { levelOfName } from "./level.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putTime } from "./put-time.ts";
import { ctimeOf } from "./time/ctime.ts";

const OPEN_PAREN = 40;
const COLON = 58;
const OPEN = 91;

/** `[Wed Oct 11 14:32:52.123456 2000]` and what is longer. */
const MAX_TIME_CHARS = 40;

const PROCESS = /^\[pid (\d{1,10})(?::tid (\d{1,20}))?\] /;
const CLIENT = /^\[(?:client|remote) ([^\]\s]{1,128})\] /;

/** `AH00094: ` and the like, Apache's own codes for its messages. */
const CODE = /^([A-Z]{2,4}\d{5}): /;

/** `(70008)Partial results are valid: `, the system's words for an error. */
const SYSTEM_ERROR = /^(\(\d{1,10}\)[^:]{1,200}): (?=\[|[A-Z]{2,4}\d{5}: )/;

/** What stands under `attrs`; absent where the line does not have it. */
interface Attrs {
  module?: string;
  tid?: string;
  system_error?: string;
  client_port?: number;
  code?: string;
}

/**
 * `[time] [module:level] [pid 17:tid 3] [client 10.0.0.1:49580] AH00094: message`, and the older form without module and
 * process. The referrer at a message's end stays in it, and fills its field too.
 */
export const apacheError: Parser = {
  name: "apache_error",
  starts: ["["],
  parse(line, context) {
    if (line.charCodeAt(0) !== OPEN) return undefined;
    const timeEnd = line.indexOf("]", 1);
    if (timeEnd === -1 || timeEnd > MAX_TIME_CHARS || line.charCodeAt(timeEnd + 2) !== OPEN) return undefined;
    const levelEnd = line.indexOf("]", timeEnd + 3);
    if (levelEnd === -1 || levelEnd > timeEnd + 60) return undefined;
    const record = new LogRecord();
    const attrs: Attrs = {};
    if (!putLevel(record, attrs, line.slice(timeEnd + 3, levelEnd))) return undefined;
    const rest = putBrackets(record, attrs, line.slice(levelEnd + 2));
    // Many programs write a time and a level in brackets; only Apache goes on like this.
    const isApache = attrs.module !== undefined || record.pid !== undefined || record.ip !== undefined;
    if (!isApache || !putErrorTime(record, line.slice(1, timeEnd), context)) return undefined;
    record.parser = "apache_error";
    record.raw = line;
    putMessage(record, attrs, rest);
    for (const _name in attrs) {
      record.attrs = attrs as Record<string, unknown>;
      break;
    }
    return record;
  },
};

/** `error`, `core:error`, `:error`, `ssl:trace4`. */
function putLevel(record: LogRecord, attrs: Attrs, text: string): boolean {
  const colon = text.indexOf(":");
  const name = text.slice(colon + 1);
  if (name === "" || /[^a-z0-9]/.test(name)) return false;
  record.level = levelOfName(name.startsWith("trace") ? "trace" : name);
  if (record.level === undefined) return false;
  if (colon !== -1) attrs.module = colon === 0 ? "core" : text.slice(0, colon);
  return true;
}

function putErrorTime(record: LogRecord, text: string, context: ParseContext): boolean {
  const time = ctimeOf(text, context);
  if (!time) return putTime(record, text, context);
  record.tsMs = time.tsMs;
  record.subNs = time.subNs === 0 ? undefined : time.subNs;
  return true;
}

/** Process, system error and client, each there or not. Answers what follows them. */
function putBrackets(record: LogRecord, attrs: Attrs, text: string): string {
  let rest = text;
  const process = rest.charCodeAt(0) === OPEN ? PROCESS.exec(rest) : null;
  if (process) {
    record.pid = process[1];
    if (process[2] !== undefined) attrs.tid = process[2];
    rest = rest.slice(process[0].length);
  }
  const system = rest.charCodeAt(0) === OPEN_PAREN ? SYSTEM_ERROR.exec(rest) : null;
  if (system) {
    attrs.system_error = system[1];
    rest = rest.slice(system[0].length);
  }
  const client = rest.charCodeAt(0) === OPEN ? CLIENT.exec(rest) : null;
  if (!client) return rest;
  putClient(record, attrs, client[1]!);
  return rest.slice(client[0].length);
}

/** Since version 2.4, which names a module, an address has its port: needed for IPv6, where it looks like one group more. */
function putClient(record: LogRecord, attrs: Attrs, text: string): void {
  const colon = text.lastIndexOf(":");
  const hasPort = colon !== -1 && (text.includes(".") || attrs.module !== undefined);
  record.ip = hasPort ? text.slice(0, colon) : text;
  if (hasPort) attrs.client_port = Number(text.slice(colon + 1));
}

function putMessage(record: LogRecord, attrs: Attrs, text: string): void {
  const code =
    text.charCodeAt(7) === COLON || text.charCodeAt(8) === COLON || text.charCodeAt(9) === COLON
      ? CODE.exec(text)
      : null;
  if (code) attrs.code = code[1];
  const message = code ? text.slice(code[0].length) : text;
  if (message !== "") record.message = message;
  const referrer = message.lastIndexOf(", referer: ");
  if (referrer !== -1) record.referrer = message.slice(referrer + 11) || undefined;
}
