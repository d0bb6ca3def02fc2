import type { LogRecord } from "../record.ts";
import { priorityOfAttrs } from "./syslog/priority.ts";
import { bsdTimeOf } from "./time/bsd-time.ts";
import { clfTimeOf } from "./time/clf-time.ts";

/**
 * The line as it was received: as kept, or written anew from the record where its parser loses nothing.
 *
 * What has been redacted in the record is redacted in its line too. undefined for records that were never a line.
 */
export function rawOf(record: LogRecord): string | undefined {
  if (record.raw !== undefined) return record.raw;
  switch (record.parser) {
    case "text":
      return record.message;
    case "common":
      return commonLineOf(record) + durationOf(record);
    case "combined":
      return `${commonLineOf(record)} "${record.referrer ?? "-"}" "${record.userAgent ?? "-"}"${durationOf(record)}`;
    case "syslog3164":
      return bsdLineOf(record);
    default:
      return undefined;
  }
}

function bsdLineOf(record: LogRecord): string {
  const priority = priorityOfAttrs(record);
  const start = `${priority === undefined ? "" : `<${priority}>`}${bsdTimeOf(record.tsMs)} ${record.host}`;
  if (record.app === undefined) return `${start} ${record.message}`;
  return `${start} ${record.app}${record.pid === undefined ? "" : `[${record.pid}]`}: ${record.message}`;
}

function commonLineOf(record: LogRecord): string {
  const status = record.status === undefined ? "-" : String(record.status).padStart(3, "0");
  const time = clfTimeOf(record.tsMs);
  return `${record.ip ?? "-"} - ${record.user ?? "-"} [${time}] "${record.message ?? "-"}" ${status} ${record.bytes ?? "-"}`;
}

const durationOf = ({ durationMs }: LogRecord): string => (durationMs === undefined ? "" : ` ${durationMs}`);
