import { pathOf } from "../fields/put-path.ts";
import type { LogRecord } from "../record.ts";
import { segmentTemplate } from "./segment-template.ts";

/** Longer paths are scans and payloads; their tail would make every one a template of its own. */
const MAX_PATH = 512;
const SLASH = 47;

/** `/items/123?x=1` → `/items/:id`, so that alike requests count as one. */
export function putPathTemplate(record: LogRecord): void {
  if (record.path === undefined || record.pathTemplate !== undefined) return;
  const path = record.path.charCodeAt(0) === SLASH ? record.path : pathOf(record.path);
  if (path !== undefined) record.pathTemplate = templateOf(path);
}

/** The path without its query, with names for numbers, ids, hashes and dates; linear in its length. */
export function templateOf(path: string): string {
  const end = endOfPath(path);
  const plain = end === path.length ? path : path.slice(0, end);
  if (!SUSPECT.test(plain)) return plain;
  const segments = plain.split("/");
  for (let i = 0; i < segments.length; i++) segments[i] = segmentTemplate(segments[i]!);
  return segments.join("/");
}

/** Only a segment with a digit or an address can be variable. */
const SUSPECT = /[0-9@]/;

/** Where the query, the fragment or the parameters (`;jsessionid=…`) begin. */
function endOfPath(path: string): number {
  const length = Math.min(path.length, MAX_PATH);
  for (let i = 0; i < length; i++) {
    const code = path.charCodeAt(i);
    if (code === 63 || code === 35 || code === 59) return i;
  }
  return length;
}
