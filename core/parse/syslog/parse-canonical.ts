import { LogRecord } from "../../record.ts";
import { levelOfText } from "../level-of-text.ts";
import type { ParseContext } from "../parser.ts";
import { BSD_TIME_CHARS, bsdTimeAt } from "../time/bsd-time.ts";
import { priorityOf, putPriority } from "./priority.ts";
import { mayHoldMore } from "./put-message.ts";

/** As long as a tag may be, see `putTag`. */
const MAX_TAG_CHARS = 128;

const SPACE = 32;
const ZERO = 48;
const COLON = 58;
const OPEN = 91;
const CLOSE = 93;

/**
 * RFC 3164 as nearly every line has it: `<34>Oct 11 22:14:15 host app[pid]: text`, in UTC, with one space between the parts.
 *
 * Such a line is written back by `rawOf` as it was, so that no copy of it is kept. undefined for any other, which the
 * general reader may know.
 */
export function parseCanonical(line: string, priorityEnd: number, context: ParseContext): LogRecord | undefined {
  if (context.zone !== "UTC" || (priorityEnd > 3 && line.charCodeAt(1) === ZERO)) return undefined;
  const tsMs = bsdTimeAt(line, priorityEnd, context);
  const hostAt = priorityEnd + BSD_TIME_CHARS + 1;
  if (Number.isNaN(tsMs) || line.charCodeAt(hostAt - 1) !== SPACE) return undefined;
  const hostEnd = line.indexOf(" ", hostAt);
  const last = line.charCodeAt(hostEnd - 1);
  if (hostEnd <= hostAt || last === COLON || last === CLOSE) return undefined;

  const appAt = hostEnd + 1;
  const appEnd = endOfApp(line, appAt);
  const pidEnd = line.charCodeAt(appEnd) === OPEN ? line.indexOf("]", appEnd) : -1;
  const colon = pidEnd === -1 ? appEnd : pidEnd + 1;
  const messageAt = colon + 2;
  if (appEnd === appAt || line.charCodeAt(colon) !== COLON || line.charCodeAt(colon + 1) !== SPACE) return undefined;
  if (messageAt >= line.length || pidEnd === appEnd + 1 || colon - appAt > MAX_TAG_CHARS) return undefined;
  if (pidEnd !== -1 && line.lastIndexOf(" ", pidEnd) > appEnd) return undefined;

  const record = new LogRecord();
  record.app = line.slice(appAt, appEnd);
  record.message = line.slice(messageAt);
  if (mayHoldMore(record, record.message)) return undefined;
  record.tsMs = tsMs;
  record.host = line.slice(hostAt, hostEnd);
  if (pidEnd !== -1) record.pid = line.slice(appEnd + 1, pidEnd);
  if (priorityEnd > 0) putPriority(record, priorityOf(line, priorityEnd));
  else record.level = levelOfText(record.message);
  record.parser = "syslog3164";
  return record;
}

/** Up to the colon, the bracket or the space after an app's name. */
function endOfApp(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === COLON || code === OPEN || code === SPACE) return at;
  }
  return line.length;
}
