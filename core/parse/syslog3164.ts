import { LogRecord } from "../record.ts";
import { levelOfName } from "./level.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putNoTime } from "./put-time.ts";
import { parseCanonical } from "./syslog/parse-canonical.ts";
import { endOfPriority, priorityOf, putPriority } from "./syslog/priority.ts";
import { putSyslogMessage } from "./syslog/put-message.ts";
import { putTag } from "./syslog/tag.ts";
import { isWeekdayAt, monthAt } from "./time/calendar.ts";
import { isDigit } from "./time/cursor.ts";
import { readTime, type TimeRead } from "./time/read-time.ts";

const SPACE = 32;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const COLON = 58;

/** Cisco's message counter before the time: `<189>643: *Jan  8 19:46:03.295: …`. */
const MAX_COUNTER_DIGITS = 10;

/**
 * RFC 3164 as it is in the wild: `<34>Oct 11 22:14:15 host app[pid]: message`, with or without the priority, with a year,
 * an ISO time (rsyslog's files), Cisco's counter, or no host. A priority before anything else is enough.
 */
export const syslog3164: Parser = {
  name: "syslog3164",
  starts: ["<", "digit", "letter"],
  parse(line, context, inside) {
    const priorityEnd = endOfPriority(line);
    if (priorityEnd === 0 && !beginsWithTime(line)) return undefined;
    const canonical = parseCanonical(line, priorityEnd, context);
    if (canonical) return canonical;
    const time = readHeaderTime(line, priorityEnd, context);
    if (!time && (priorityEnd === 0 || isBroken5424(line, priorityEnd))) return undefined;

    const record = new LogRecord();
    record.parser = "syslog3164";
    if (priorityEnd > 0) putPriority(record, priorityOf(line, priorityEnd));
    if (time) {
      record.tsMs = time.tsMs;
      record.subNs = time.subNs === 0 ? undefined : time.subNs;
    } else putNoTime(record, context);
    const at = time ? putHost(record, line, time.end) : priorityEnd;
    const messageAt = line.startsWith("CEF:", at) ? at : putTag(record, line, at);
    if (priorityEnd === 0 && line.charCodeAt(4) === DASH && !isSyslogOfIso(record)) return undefined;
    putSyslogMessage(record, line.slice(messageAt), context, inside);
    record.raw = line;
    return record;
  },
};

/** A month's name, or a year: nothing else begins the time of a line without priority. */
function beginsWithTime(line: string): boolean {
  const first = line.charCodeAt(0);
  if (isDigit(first)) return line.charCodeAt(4) === DASH && line.charCodeAt(10) === 84 && isTagged(line);
  return line.charCodeAt(3) === SPACE && monthAt(line, 0) > 0;
}

function readHeaderTime(line: string, from: number, context: ParseContext): TimeRead | undefined {
  let at = line.charCodeAt(from) === SPACE ? from + 1 : from;
  const counter = endOfCounter(line, at);
  if (counter > at) at = counter;
  if (line.charCodeAt(at) === STAR || line.charCodeAt(at) === DOT) at++;
  if (isWeekdayAt(line, at) || (!isDigit(line.charCodeAt(at)) && monthAt(line, at) === 0)) return undefined;
  return readTime(line, at, context);
}

function endOfCounter(line: string, from: number): number {
  let at = from;
  while (isDigit(line.charCodeAt(at)) && at - from <= MAX_COUNTER_DIGITS) at++;
  return at > from && line.charCodeAt(at) === COLON && line.charCodeAt(at + 1) === SPACE ? at + 2 : from;
}

/** A priority, a version and a space begin RFC 5424; if that was refused, no other reading is better than the text. */
const isBroken5424 = (line: string, from: number): boolean => /^\d{1,4}(?: |$|[a-z])/.test(line.slice(from, from + 6));

/** Puts the host after the time, unless the word there is the tag. Answers where the tag or the message begins. */
function putHost(record: LogRecord, line: string, timeEnd: number): number {
  const hasColon = line.charCodeAt(timeEnd) === COLON;
  let from = hasColon ? timeEnd + 1 : timeEnd;
  while (line.charCodeAt(from) === SPACE) from++;
  if (from >= line.length || line.startsWith("CEF:", from)) return from;
  let end = line.indexOf(" ", from);
  if (end === -1) end = line.length;
  const last = line.charCodeAt(end - 1);
  const isTag = last === COLON || (last === 93 && line.lastIndexOf("[", end) > from);
  if (isTag || end - from > 255) return from;
  record.host = line.slice(from, end);
  let at = end + 1;
  while (line.charCodeAt(at) === SPACE) at++;
  return Math.min(at, line.length);
}

/**
 * Whether a time, a host and a tag begin a line. One that begins with an ISO time is most often an application's; it is
 * rsyslog's if the tag has a pid, or the time a numeric zone: rsyslog never writes `Z`.
 */
function isTagged(line: string): boolean {
  const timeEnd = line.indexOf(" ", 19);
  const hostEnd = line.indexOf(" ", timeEnd + 1);
  const tagEnd = line.indexOf(" ", hostEnd + 1);
  if (timeEnd === -1 || hostEnd === -1 || line.charCodeAt((tagEnd === -1 ? line.length : tagEnd) - 1) !== COLON)
    return false;
  return line.charCodeAt(timeEnd - 1) !== 90 || line.charCodeAt(tagEnd - 2) === 93;
}

/** The host of such a line is a host's name and no level, the pid a number. */
function isSyslogOfIso({ host, app, pid }: LogRecord): boolean {
  if (host === undefined || app === undefined || !/^[\w.:-]+$/.test(host) || levelOfName(host) !== undefined)
    return false;
  return pid === undefined || /^\d+$/.test(pid);
}
