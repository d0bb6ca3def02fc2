import type { Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { putFlag } from "./put-time.ts";
import { readTime } from "./time/read-time.ts";

const DASH = 45;

/** A time in nanoseconds with a zone has at most this many characters. */
const MAX_TIME_CHARS = 40;

/**
 * The wrapper of Kubernetes' container runtimes: `2016-10-06T00:17:09.669794202Z stdout F message`.
 *
 * The content is read as a line of its own; the time is the wrapper's. Source: Kubernetes CRI logging.
 */
export const cri: Parser = {
  name: "cri",
  parse(line, context, inside) {
    const content = criContentAt(line);
    if (content === -1) return undefined;
    const time = readTime(line, 0, context);
    if (!time || line.charCodeAt(time.end) !== 32) return undefined;
    const record = inside(line.slice(content), context);
    record.tsMs = time.tsMs;
    record.subNs = time.subNs === 0 ? undefined : time.subNs;
    record.flags = record.flags?.filter((flag) => flag !== "no_time");
    if (record.flags?.length === 0) record.flags = undefined;
    putAttr(record, "stream", line.slice(time.end + 1, time.end + 7));
    if (line.charCodeAt(time.end + 8) === 80) putFlag(record, "cut");
    record.raw = line;
    return record;
  },
};

/** Where the content of a CRI line begins, -1 if the line is none. */
export function criContentAt(line: string): number {
  if (line.charCodeAt(4) !== DASH || line.charCodeAt(10) !== 84) return -1;
  const timeEnd = line.indexOf(" ", 11);
  if (timeEnd === -1 || timeEnd > MAX_TIME_CHARS) return -1;
  const tagAt = line.startsWith(" stdout ", timeEnd) || line.startsWith(" stderr ", timeEnd) ? timeEnd + 8 : -1;
  if (tagAt === -1 || (line[tagAt] !== "F" && line[tagAt] !== "P")) return -1;
  const next = line[tagAt + 1];
  return next === " " || next === ":" ? line.indexOf(" ", tagAt) + 1 : next === undefined ? tagAt + 1 : -1;
}
