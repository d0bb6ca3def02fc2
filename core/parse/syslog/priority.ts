import type { LogRecord } from "../../record.ts";
import { levelOfNumber } from "../level.ts";

/** By number. Source: RFC 5424 §6.2.1, names of rsyslog. */
const FACILITIES =
  "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clockd local0 local1 local2 local3 local4 local5 local6 local7".split(
    " ",
  );
const SEVERITIES = "emerg alert crit err warning notice info debug".split(" ");

const MAX_PRIORITY = 191;
const OPEN = 60;
const CLOSE = 62;

/**
 * Index after the `>` of `<34>…` at a line's start, 0 if no priority stands there. `priorityOf` then gives its number.
 */
export function endOfPriority(line: string): number {
  if (line.charCodeAt(0) !== OPEN) return 0;
  const close =
    line.charCodeAt(2) === CLOSE ? 2 : line.charCodeAt(3) === CLOSE ? 3 : line.charCodeAt(4) === CLOSE ? 4 : 0;
  if (close === 0) return 0;
  for (let at = 1; at < close; at++) {
    const code = line.charCodeAt(at);
    if (code < 48 || code > 57) return 0;
  }
  return priorityOf(line, close + 1) <= MAX_PRIORITY ? close + 1 : 0;
}

export const priorityOf = (line: string, end: number): number => Number(line.slice(1, end - 1));

/** Level, and facility and severity under their names: eight severities are more than six levels tell. */
export function putPriority(record: LogRecord, priority: number): void {
  record.level = levelOfNumber(priority & 7, "syslog");
  record.attrs = { facility: FACILITIES[priority >> 3], severity: SEVERITIES[priority & 7] };
}

/** The inverse of `putPriority`; undefined where the record has none. */
export function priorityOfAttrs({ attrs }: LogRecord): number | undefined {
  const facility = FACILITIES.indexOf(attrs?.facility as string);
  const severity = SEVERITIES.indexOf(attrs?.severity as string);
  return facility === -1 || severity === -1 ? undefined : facility * 8 + severity;
}
