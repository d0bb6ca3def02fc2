import { levelOfStatus } from "../parse/level.ts";
import type { LogRecord } from "../record.ts";

/** An access line has no level of its own; its status has. */
export function putLevel(record: LogRecord): void {
  if (record.level === undefined && record.status !== undefined) record.level = levelOfStatus(record.status);
}
