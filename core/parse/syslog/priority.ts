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

/** Index after the `>` of `<34>…` at a line's start, 0 if no priority stands there. `priorityOf` then gives its number. */
export function endOfPriority(line: string): number {
  if (line.charCodeAt(0) !== OPEN) return 0;
  let value = 0;
  for (let at = 1; at < 5; at++) {
    const code = line.charCodeAt(at);
    if (code === CLOSE) return at > 1 && value <= MAX_PRIORITY ? at + 1 : 0;
    if (!(code >= 48 && code <= 57)) return 0;
    value = value * 10 + code - 48;
  }
  return 0;
}

export function priorityOf(line: string, end: number): number {
  let value = 0;
  for (let at = 1; at < end - 1; at++) value = value * 10 + line.charCodeAt(at) - 48;
  return value;
}

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
