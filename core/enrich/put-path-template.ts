import type { LogRecord } from "../record.ts";
import { knownPath } from "./known-path.ts";

/** `/items/123?x=1` → `/items/:id`, so that alike requests count as one. */
export function putPathTemplate(record: LogRecord): void {
  if (record.path === undefined || record.pathTemplate !== undefined) return;
  const { path, template } = knownPath(record.path);
  record.path = path;
  record.pathTemplate = template;
}
