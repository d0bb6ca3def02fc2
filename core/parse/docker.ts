import { recordOfFields } from "../fields/record-of-fields.ts";
import type { FieldEntry, LogRecord } from "../record.ts";
import { mergeInside } from "./merge-inside.ts";
import type { ParseContext, ParseInside } from "./parser.ts";

/**
 * Whether fields are a container's line in its wrapper: Docker's json-file (`log`, `stream`, `time`), or the same with
 * what Fluent Bit has added (`kubernetes`, …).
 */
export function isDockerLog(fields: Record<string, unknown>): fields is { log: string; stream: string } {
  return typeof fields.log === "string" && (fields.stream === "stdout" || fields.stream === "stderr");
}

/** The record of what a container wrote, read as a line of its own; time and the rest are the wrapper's. */
export function parseDocker(entry: FieldEntry, context: ParseContext, inside: ParseInside): LogRecord {
  const { log, ...rest } = entry.fields as { log: string };
  const line = log.endsWith("\n") ? log.slice(0, -1) : log;
  const held = inside(line, context);
  const record = recordOfFields({ ...entry, fields: rest }, context);
  const hasTime = !record.flags?.includes("no_time");
  if (!hasTime && !held.flags?.includes("no_time")) {
    record.tsMs = held.tsMs;
    record.subNs = held.subNs;
    record.flags = undefined;
  }
  mergeInside(record, held);
  record.parser = held.parser;
  record.raw = entry.line ?? line;
  return record;
}
