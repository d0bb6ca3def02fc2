import { isIp } from "../fields/ip-of.ts";
import { LogRecord } from "../record.ts";
import { putRequest } from "./access/put-request.ts";
import { levelOfName } from "./level.ts";
import type { Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { putTime } from "./put-time.ts";
import { isDigit } from "./time/cursor.ts";

const QUOTE = 34;
const HASH = 35;
const STAR = 42;
const COMMA = 44;
const SLASH = 47;
const COLON = 58;
const OPEN = 91;

/** `2023/01/02 03:04:05 `. */
const TIME_CHARS = 20;

/** What nginx tells of the request behind an error, after the message. Source: ngx_http_log_error. */
const FIRST_NAMES = [", client: ", ", server: ", ", request: "];

/** `2023/01/02 03:04:05 [error] 31#31: *1 message, client: 10.0.0.1, server: x, request: "GET / HTTP/1.1", host: "x"`. */
export const nginxError: Parser = {
  name: "nginx_error",
  starts: ["digit"],
  parse(line, context) {
    if (line.charCodeAt(4) !== SLASH || line.charCodeAt(7) !== SLASH || line.charCodeAt(TIME_CHARS) !== OPEN)
      return undefined;
    const levelEnd = line.indexOf("]", TIME_CHARS);
    if (levelEnd === -1 || levelEnd > TIME_CHARS + 10) return undefined;
    const record = new LogRecord();
    const messageAt = putProcess(record, line, levelEnd + 2);
    if (messageAt === -1 || !putTime(record, line, context)) return undefined;
    record.parser = "nginx_error";
    record.raw = line;
    record.level = levelOfName(line.slice(TIME_CHARS + 1, levelEnd));
    const end = endOfMessage(line, messageAt);
    record.message = line.slice(messageAt, end);
    putNamed(record, line, end);
    return record;
  },
};

/** `pid#tid: `, then `*connection ` or not. Answers where the message begins, -1 if these do not stand here. */
function putProcess(record: LogRecord, line: string, from: number): number {
  const pidEnd = endOfDigits(line, from);
  const tidEnd = endOfDigits(line, pidEnd + 1);
  if (pidEnd === from || line.charCodeAt(pidEnd) !== HASH || line.charCodeAt(tidEnd) !== COLON) return -1;
  record.pid = line.slice(from, pidEnd);
  const tid = line.slice(pidEnd + 1, tidEnd);
  const starAt = tidEnd + 2;
  const connectionEnd = line.charCodeAt(starAt) === STAR ? endOfDigits(line, starAt + 1) : starAt;
  const hasConnection = connectionEnd > starAt + 1;
  record.attrs = hasConnection ? { tid, connection: line.slice(starAt + 1, connectionEnd) } : { tid };
  return hasConnection ? connectionEnd + 1 : starAt;
}

function endOfDigits(line: string, from: number): number {
  let at = from;
  while (isDigit(line.charCodeAt(at))) at++;
  return at;
}

function endOfMessage(line: string, from: number): number {
  for (const name of FIRST_NAMES) {
    const at = line.indexOf(name, from);
    if (at !== -1) return startOfLimit(line, from, at);
  }
  return startOfLimit(line, from, line.length);
}

/** `limiting requests, excess: 50.416 by zone "api"` has two values of its own. */
function startOfLimit(line: string, from: number, end: number): number {
  const at =
    line.startsWith("limiting", from) || line.startsWith("delaying", from) ? line.indexOf(", excess: ", from) : -1;
  return at !== -1 && at < end ? at : end;
}

/** `, name: value` or `, name: "value"`, one after the other. */
function putNamed(record: LogRecord, line: string, from: number): void {
  let at = from;
  while (line.charCodeAt(at) === COMMA) {
    const nameEnd = line.startsWith(", by zone ", at) ? at + 9 : line.indexOf(":", at);
    if (nameEnd === -1) return;
    let valueAt = line.charCodeAt(nameEnd) === COLON ? nameEnd + 2 : nameEnd + 1;
    const isQuoted = line.charCodeAt(valueAt) === QUOTE;
    if (isQuoted) valueAt++;
    const valueEnd = isQuoted ? endOfQuoted(line, valueAt) : endOfBare(line, valueAt);
    put(record, line.slice(at + 2, nameEnd), line.slice(valueAt, valueEnd));
    at = isQuoted ? valueEnd + 1 : valueEnd;
  }
}

/** nginx escapes no quotes here: one that a comma does not follow is part of the value. */
function endOfQuoted(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 1)) {
    if (at === line.length - 1 || line.charCodeAt(at + 1) === COMMA) return at;
  }
  return line.length;
}

function endOfBare(line: string, from: number): number {
  const end = line.indexOf(", ", from);
  return end === -1 ? line.length : end;
}

function put(record: LogRecord, name: string, value: string): void {
  if (value === "") return;
  switch (name) {
    case "client":
      if (isIp(value)) record.ip = value;
      else putAttr(record, "client", value);
      return;
    case "server":
      record.attrs!.server = value;
      return;
    case "request":
      putRequestOf(record, value);
      return;
    case "upstream":
      record.attrs!.upstream = value;
      return;
    case "host":
      record.host = value;
      return;
    case "referrer":
      record.referrer = value;
      return;
    case "by zone":
      record.attrs!.zone = value;
      return;
    case "excess":
      record.attrs!.excess = Number(value);
      return;
    default:
      putAttr(record, name, value);
  }
}

/** The message is the error's, not the request. */
function putRequestOf(record: LogRecord, request: string): void {
  const { message } = record;
  putRequest(record, request);
  record.message = message;
  if (record.method === undefined) putAttr(record, "request", request);
}
