import { isIp } from "../fields/ip-of.ts";
import { LogRecord } from "../record.ts";
import { putRequest } from "./access/put-request.ts";
import { levelOfName } from "./level.ts";
import type { Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { putTime } from "./put-time.ts";

const SLASH = 47;

/** `2023/01/02 03:04:05 `. */
const TIME_CHARS = 20;

/** `pid#tid: `, `*connection ` or not. */
const PROCESS = /^(\d{1,10})#(\d{1,10}): (?:\*(\d{1,20}) )?/;

/** What nginx tells of the request behind an error, after the message. Source: ngx_http_log_error. */
const FIRST_NAMES = [", client: ", ", excess: ", ", server: ", ", request: "];

/** `2023/01/02 03:04:05 [error] 31#31: *1 message, client: 10.0.0.1, server: x, request: "GET / HTTP/1.1", host: "x"`. */
export const nginxError: Parser = {
  name: "nginx_error",
  parse(line, context) {
    if (line.charCodeAt(4) !== SLASH || line.charCodeAt(7) !== SLASH || line.charAt(TIME_CHARS) !== "[")
      return undefined;
    const levelEnd = line.indexOf("] ", TIME_CHARS);
    if (levelEnd === -1 || levelEnd > TIME_CHARS + 10) return undefined;
    const process = PROCESS.exec(line.slice(levelEnd + 2, levelEnd + 60));
    const record = new LogRecord();
    if (!process || !putTime(record, line, context)) return undefined;
    record.parser = "nginx_error";
    record.raw = line;
    record.level = levelOfName(line.slice(TIME_CHARS + 1, levelEnd));
    record.pid = process[1];
    putAttr(record, "tid", process[2]);
    putAttr(record, "connection", process[3]);

    const text = line.slice(levelEnd + 2 + process[0].length);
    const end = endOfMessage(text);
    record.message = text.slice(0, end);
    putNamed(record, text, end);
    return record;
  },
};

function endOfMessage(text: string): number {
  let end = text.length;
  for (const name of FIRST_NAMES) {
    const at = text.indexOf(name);
    if (at !== -1 && at < end) end = at;
  }
  return end;
}

/** `, name: value` or `, name: "value"`, one after the other. */
function putNamed(record: LogRecord, text: string, from: number): void {
  let at = from;
  while (text.startsWith(", ", at)) {
    const nameEnd = text.startsWith(", by zone ", at) ? at + 9 : text.indexOf(": ", at);
    if (nameEnd === -1) return;
    const valueAt = text.charCodeAt(nameEnd) === 32 ? nameEnd + 1 : nameEnd + 2;
    const isQuoted = text.charAt(valueAt) === '"';
    let valueEnd = text.indexOf(isQuoted ? '", ' : ", ", valueAt + (isQuoted ? 1 : 0));
    if (valueEnd === -1) valueEnd = isQuoted && text.endsWith('"') ? text.length - 1 : text.length;
    put(record, text.slice(at + 2, nameEnd), text.slice(isQuoted ? valueAt + 1 : valueAt, valueEnd));
    at = isQuoted ? valueEnd + 1 : valueEnd;
  }
}

function put(record: LogRecord, name: string, value: string): void {
  if (value === "") return;
  switch (name) {
    case "client":
      if (isIp(value)) record.ip = value;
      else putAttr(record, "client", value);
      return;
    case "request": {
      const request = new LogRecord();
      putRequest(request, value);
      record.method = request.method;
      record.path = request.path;
      record.protocol = request.protocol;
      if (request.method === undefined) putAttr(record, "request", value);
      return;
    }
    case "host":
      record.host = value;
      return;
    case "referrer":
      record.referrer = value;
      return;
    case "by zone":
      putAttr(record, "zone", value);
      return;
    case "excess":
      putAttr(record, "excess", Number(value));
      return;
    default:
      putAttr(record, name, value);
  }
}
