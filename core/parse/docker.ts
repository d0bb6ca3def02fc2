import { recordOfFields } from "../fields/record-of-fields.ts";
import type { FieldEntry, LogRecord } from "../record.ts";
import { mergeInside } from "./merge-inside.ts";
import type { ParseContext, ParseInside } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { dropNoTime } from "./put-time.ts";
import { parseTimestamp } from "./timestamp.ts";

interface DockerLog {
  log: string;
  stream: string;
  time?: unknown;
}

/**
 * Whether fields are a container's line in its wrapper: Docker's json-file (`log`, `stream`, `time`), or the same with
 * what Fluent Bit has added (`kubernetes`, …).
 */
export const isDockerLog = (fields: Record<string, unknown>): boolean =>
  typeof fields.log === "string" && (fields.stream === "stdout" || fields.stream === "stderr");

/** The record of what a container wrote, read as a line of its own; time and the rest are the wrapper's. */
export function parseDocker(entry: FieldEntry, context: ParseContext, inside: ParseInside): LogRecord {
  const fields = entry.fields as unknown as DockerLog;
  const line = fields.log.endsWith("\n") ? fields.log.slice(0, -1) : fields.log;
  const record = inside(line, context);
  const isBare = entry.timeNs === undefined && entry.timeMs === undefined && hasNoMore(entry.fields);
  const whole = isBare && putWrapperTime(record, fields.time, context) ? record : merged(record, entry, context);
  putAttr(whole, "stream", fields.stream);
  whole.raw = entry.line ?? line;
  return whole;
}

function hasNoMore(fields: object): boolean {
  for (const name in fields) if (name !== "log" && name !== "stream" && name !== "time") return false;
  return true;
}

function putWrapperTime(record: LogRecord, time: unknown, context: ParseContext): boolean {
  const read = typeof time === "string" ? parseTimestamp(time, context) : undefined;
  if (!read) return false;
  record.tsMs = read.tsMs;
  record.subNs = read.subNs;
  dropNoTime(record);
  return true;
}

/** The content in the record of what else the wrapper has. */
function merged(held: LogRecord, entry: FieldEntry, context: ParseContext): LogRecord {
  const { log: _log, stream: _stream, ...rest } = entry.fields;
  const record = recordOfFields({ ...entry, fields: rest }, context);
  if (record.flags?.includes("no_time") && !held.flags?.includes("no_time")) {
    record.tsMs = held.tsMs;
    record.subNs = held.subNs;
    dropNoTime(record);
  }
  mergeInside(record, held);
  record.parser = held.parser;
  return record;
}
