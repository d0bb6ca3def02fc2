import { LogRecord } from "../record.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putNoTime } from "./put-time.ts";
import { endOfPriority, priorityOf, putPriority } from "./syslog/priority.ts";
import { putSyslogMessage } from "./syslog/put-message.ts";
import { putStructuredData } from "./syslog/structured-data.ts";
import { isoTime, readIsoTime } from "./time/iso-time.ts";
import { readTime } from "./time/read-time.ts";

const SPACE = 32;
const DASH = 45;
const OPEN = 91;
const BOM = 0xfeff;

/** Nanoseconds and an offset. */
const MAX_TIME_CHARS = 35;

/** Lengths of the header's words. Source: RFC 5424 §6. */
const MAX_CHARS = { host: 255, app: 48, pid: 128, msgid: 32 };

/**
 * RFC 5424: `<34>1 2003-10-11T22:14:15.003Z host app pid msgid [id name="value"] message`.
 *
 * The header is held to the RFC, so that no other line is taken for one; structured data more loosely. A severity that
 * is no level, the facility, the message id and the structured data stand under `attrs`.
 */
export const syslog5424: Parser = {
  name: "syslog5424",
  starts: ["<"],
  parse(line, context, inside) {
    const versionAt = endOfPriority(line);
    if (versionAt === 0) return undefined;
    const timeAt = endOfVersion(line, versionAt);
    if (timeAt === -1) return undefined;
    const record = new LogRecord();
    putPriority(record, priorityOf(line, versionAt));
    const header = putHeader(record, line, timeAt, context);
    if (header === -1) return undefined;
    const end = putData(record, line, header);
    if (end === -1) return undefined;
    const messageAt = line.charCodeAt(end + 1) === BOM ? end + 2 : end + 1;
    putSyslogMessage(record, line.slice(messageAt), context, inside);
    record.parser = "syslog5424";
    record.raw = line;
    return record;
  },
};

/** One to three digits, the first not zero, and a space: answers the index after it, -1 if they do not stand here. */
function endOfVersion(line: string, from: number): number {
  let at = from;
  while (at < from + 3 && line.charCodeAt(at) >= 48 && line.charCodeAt(at) <= 57) at++;
  return at > from && line.charCodeAt(from) !== 48 && line.charCodeAt(at) === SPACE ? at + 1 : -1;
}

/** Time, host, app, pid and message id. Answers where the structured data begins, -1 if the header is broken. */
function putHeader(record: LogRecord, line: string, timeAt: number, context: ParseContext): number {
  const timeEnd = line.indexOf(" ", timeAt);
  if (timeEnd === -1) return -1;
  if (timeEnd === timeAt + 1 && line.charCodeAt(timeAt) === DASH) putNoTime(record, context);
  else if (!putRfc3339(record, line, timeAt, timeEnd, context)) return -1;

  const hostEnd = endOfWord(line, timeEnd + 1, MAX_CHARS.host);
  const appEnd = endOfWord(line, hostEnd + 1, MAX_CHARS.app);
  const pidEnd = endOfWord(line, appEnd + 1, MAX_CHARS.pid);
  const msgidEnd = endOfWord(line, pidEnd + 1, MAX_CHARS.msgid);
  if (hostEnd === -1 || appEnd === -1 || pidEnd === -1 || msgidEnd === -1) return -1;
  record.host = wordOf(line, timeEnd + 1, hostEnd);
  record.app = wordOf(line, hostEnd + 1, appEnd);
  record.pid = wordOf(line, appEnd + 1, pidEnd);
  const msgid = wordOf(line, pidEnd + 1, msgidEnd);
  if (msgid !== undefined) record.attrs!.msgid = msgid;
  return msgidEnd + 1;
}

/** With a zone and a `T`, as the RFC has it; but up to nanoseconds, and a leap second, which senders write. */
function putRfc3339(record: LogRecord, line: string, at: number, end: number, context: ParseContext): boolean {
  if (line.charCodeAt(at + 10) !== 84 || end - at > MAX_TIME_CHARS) return false;
  if (readIsoTime(line, at) && isoTime.end === end) {
    if (!isoTime.hasZone) return false;
    record.tsMs = isoTime.ms;
    record.subNs = isoTime.subNs === 0 ? undefined : isoTime.subNs;
    return true;
  }
  const read = line.startsWith(":60", at + 16) ? readTime(line, at, context) : undefined;
  if (read?.end !== end || !/(?:Z|[+-]\d\d:\d\d)$/.test(line.slice(at, end))) return false;
  record.tsMs = read.tsMs;
  record.subNs = read.subNs === 0 ? undefined : read.subNs;
  return true;
}

/** Index of the space after a word of printable ASCII, -1 if none stands here. */
function endOfWord(line: string, from: number, maxChars: number): number {
  if (from === 0) return -1;
  for (let at = from; at <= from + maxChars; at++) {
    const code = line.charCodeAt(at);
    if (code === SPACE) return at > from ? at : -1;
    if (!(code > SPACE && code < 127)) return -1;
  }
  return -1;
}

const wordOf = (line: string, from: number, end: number): string | undefined =>
  end === from + 1 && line.charCodeAt(from) === DASH ? undefined : line.slice(from, end);

/** Answers where the space before the message stands, or the line's end; -1 if the data are broken. */
function putData(record: LogRecord, line: string, at: number): number {
  if (line.charCodeAt(at) === DASH) return atEndOrSpace(line, at + 1);
  // Some senders leave it out altogether.
  if (line.charCodeAt(at) === SPACE) return at;
  if (line.charCodeAt(at) !== OPEN) return -1;
  const end = putStructuredData(record.attrs!, line, at);
  return end === -1 ? -1 : atEndOrSpace(line, end);
}

const atEndOrSpace = (line: string, at: number): number =>
  at === line.length || line.charCodeAt(at) === SPACE ? at : -1;
