import { LogRecord } from "../record.ts";
import { closingQuote } from "./access/closing-quote.ts";
import { putRemote } from "./access/put-remote.ts";
import { putRequest } from "./access/put-request.ts";
import { putTail } from "./access/put-tail.ts";
import { levelOfStatus } from "./level.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putNoTime, putTime } from "./put-time.ts";
import { CLF_TIME_CHARS, clfTimeAt, isClfUtc } from "./time/clf-time.ts";

const SPACE = 32;
const QUOTE = 34;
const DASH = 45;
const ZERO = 48;
const CLOSE = 93;

/** Host, ident, user and what stands before them; a user name has no more than 255 characters. */
const MAX_REMOTE_CHARS = 1_024;

/** More digits than a safe integer has are no size. */
const MAX_BYTES_DIGITS = 15;

/**
 * Apache's and nginx's common and combined logs: `host ident user [time] "request" status bytes "referrer" "agent"`,
 * with a virtual host or forwarding addresses before and a response time or more after, or not.
 *
 * Read by index, not by a pattern: this is the hot path of most services. Escapes inside quotes stay as written.
 */
export const access: Parser = {
  name: "access",
  parse(line, context) {
    const hostEnd = line.indexOf(" ");
    if (hostEnd <= 0) return undefined;
    // How nearly every line begins: `host - user [`.
    const isPlain = line.charCodeAt(hostEnd + 1) === DASH && line.charCodeAt(hostEnd + 2) === SPACE;
    const bracket = line.indexOf("[", hostEnd + 2);
    if (bracket === -1 || bracket > MAX_REMOTE_CHARS || line.charCodeAt(bracket - 1) !== SPACE) return undefined;
    const timeEnd = endOfTime(line, bracket + 1);
    if (timeEnd === -1 || !isSpaceQuote(line, timeEnd + 1)) return undefined;
    return parseAt(line, { hostEnd: isPlain ? hostEnd : 0, bracket, timeEnd }, context);
  },
};

/** Where the parts of a line stand that begins as an access line does. */
interface Places {
  /** End of the host of a plain line, 0 where more stands before the time than host, `-` and user. */
  hostEnd: number;
  bracket: number;
  timeEnd: number;
}

const isSpaceQuote = (line: string, at: number): boolean =>
  line.charCodeAt(at) === SPACE && line.charCodeAt(at + 1) === QUOTE;

function endOfTime(line: string, from: number): number {
  const end = from + CLF_TIME_CHARS;
  return line.charCodeAt(end) === CLOSE ? end : line.indexOf("]", from);
}

/** `raw` stays undefined if every part tells that `rawOf` writes it back as it was. */
function parseAt(line: string, places: Places, context: ParseContext): LogRecord | undefined {
  const requestAt = places.timeEnd + 3;
  const requestEnd = closingQuote(line, requestAt);
  if (requestEnd === -1) return undefined;
  const record = new LogRecord();
  const statusEnd = putStatus(record, line, requestEnd + 2);
  if (statusEnd === -1) return undefined;
  const bytesEnd = putBytes(record, line, statusEnd + 1);
  if (bytesEnd === -1) return undefined;

  const { hostEnd, bracket, timeEnd } = places;
  let isLossless = putPlain(record, line, hostEnd, bracket) || putRemote(record, line.slice(0, bracket - 1));
  if (isLossless === undefined) return undefined;
  isLossless = putAccessTime(record, line, bracket + 1, timeEnd, context) && isLossless;
  isLossless = (line.charCodeAt(statusEnd + 1) !== ZERO || bytesEnd === statusEnd + 2) && isLossless;
  const request = quoted(line, requestAt, requestEnd);
  if (request !== undefined) putRequest(record, request);
  else isLossless = requestEnd > requestAt && isLossless;
  isLossless = putRest(record, line, bytesEnd, context) && isLossless;
  if (!isLossless) record.raw = line;
  return record;
}

/** `host - user [`; false for anything else. */
function putPlain(record: LogRecord, line: string, hostEnd: number, bracket: number): boolean {
  if (hostEnd === 0 || bracket < hostEnd + 5) return false;
  if (bracket === hostEnd + 5 && line.charCodeAt(hostEnd + 3) === DASH) record.user = undefined;
  else {
    const user = line.slice(hostEnd + 3, bracket - 1);
    if (user.includes(" ") || user === '"-"') return false;
    record.user = user;
  }
  if (hostEnd !== 1 || line.charCodeAt(0) !== DASH) record.ip = line.slice(0, hostEnd);
  return true;
}

/** Three digits or `-`, and a space after them. Answers where it ends, -1 if that does not stand here. */
function putStatus(record: LogRecord, line: string, at: number): number {
  const first = line.charCodeAt(at);
  if (first === DASH) return line.charCodeAt(at + 1) === SPACE ? at + 1 : -1;
  const hundreds = first - ZERO;
  const tens = line.charCodeAt(at + 1) - ZERO;
  const ones = line.charCodeAt(at + 2) - ZERO;
  if (!(hundreds >= 0 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return -1;
  record.status = hundreds * 100 + tens * 10 + ones;
  record.level = levelOfStatus(record.status);
  return line.charCodeAt(at + 3) === SPACE ? at + 3 : -1;
}

/** Digits or `-`, and a space or the line's end after them. Answers where it ends, -1 if that does not stand here. */
function putBytes(record: LogRecord, line: string, from: number): number {
  let at = from;
  if (line.charCodeAt(at) === DASH) at++;
  else {
    let bytes = 0;
    for (; at - from < MAX_BYTES_DIGITS; at++) {
      const digit = line.charCodeAt(at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      bytes = bytes * 10 + digit;
    }
    if (at === from) return -1;
    record.bytes = bytes;
  }
  return at === line.length || line.charCodeAt(at) === SPACE ? at : -1;
}

function putAccessTime(record: LogRecord, line: string, at: number, end: number, context: ParseContext): boolean {
  const ms = end - at === CLF_TIME_CHARS ? clfTimeAt(line, at) : Number.NaN;
  if (!Number.isNaN(ms)) {
    record.tsMs = ms;
    return isClfUtc(line, at);
  }
  if (!putTime(record, line.slice(at, end), context)) putNoTime(record, context);
  return false;
}

/** A quoted value; undefined for `-` and for an empty one. */
function quoted(line: string, from: number, end: number): string | undefined {
  return end === from || (end === from + 1 && line.charCodeAt(from) === DASH) ? undefined : line.slice(from, end);
}

/** Referrer and user agent of the combined format, then whatever follows. */
function putRest(record: LogRecord, line: string, bytesEnd: number, context: ParseContext): boolean {
  record.parser = "common";
  let end = bytesEnd;
  let isLossless = true;
  if (isSpaceQuote(line, bytesEnd)) {
    const referrerEnd = closingQuote(line, bytesEnd + 2);
    const agentEnd =
      referrerEnd !== -1 && isSpaceQuote(line, referrerEnd + 1) ? closingQuote(line, referrerEnd + 3) : -1;
    if (agentEnd !== -1) {
      record.parser = "combined";
      record.referrer = quoted(line, bytesEnd + 2, referrerEnd);
      record.userAgent = quoted(line, referrerEnd + 3, agentEnd);
      isLossless = referrerEnd > bytesEnd + 2 && agentEnd > referrerEnd + 3;
      end = agentEnd + 1;
    }
  } else if (line.startsWith(" - -", bytesEnd)) {
    record.parser = "combined";
    isLossless = false;
    end = bytesEnd + 4;
  }
  if (end === line.length) return isLossless;
  return putTail(record, line.slice(end + 1), context) && isLossless;
}
