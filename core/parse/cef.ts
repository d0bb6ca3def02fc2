import { recordOfFields } from "../fields/record-of-fields.ts";
import type { Level } from "../record.ts";
import { readExtension } from "./cef/read-extension.ts";
import type { Parser } from "./parser.ts";
import { putAttrs } from "./put-attr.ts";
import { putOtherTime } from "./put-other-time.ts";

/** Header fields: version, vendor, product, version, signature, name, severity; then the extension. */
const HEADER_FIELDS = 7;

/** 0-3 low, 4-6 medium, 7-8 high, 9-10 very high. Source: ArcSight CEF, Severity. */
const LEVELS: Level[] = ["info", "info", "info", "info", "warn", "warn", "warn", "error", "error", "fatal", "fatal"];
const WORDS: Record<string, Level> = {
  unknown: "info",
  low: "info",
  medium: "warn",
  high: "error",
  "very-high": "fatal",
};

/** CEF's short names whose meaning a record has a field for. */
const MEANINGS: Record<string, string> = {
  rt: "time",
  src: "ip",
  suser: "user",
  duser: "user",
  dvchost: "host",
  shost: "host",
  msg: "message",
  request: "path",
  requestMethod: "method",
  requestClientApplication: "useragent",
  requestContext: "referrer",
  out: "bytes",
};

/**
 * `CEF:0|vendor|product|version|signature|name|severity|key=value …`, ArcSight's Common Event Format.
 *
 * The message is `msg` if there is one, else the event's name. Vendor, product, signature and all else are `attrs`.
 */
export const cef: Parser = {
  name: "cef",
  parse(line, context) {
    if (!line.startsWith("CEF:")) return undefined;
    const header = headerOf(line);
    if (!header) return undefined;
    const [, vendor, product, version, signature, name, severity] = header.fields;
    const extension = readExtension(line.slice(header.end));
    const fields: Record<string, unknown> = Object.create(null);
    for (const [key, value] of Object.entries(extension)) {
      const meaning = MEANINGS[key];
      fields[meaning === undefined || meaning in fields ? key : meaning] = value;
    }
    const record = recordOfFields({ fields, line }, context);
    record.level = LEVELS[Number(severity)] ?? WORDS[severity!.toLowerCase()] ?? record.level;
    record.message ??= name || undefined;
    record.app ??= product || undefined;
    putAttrs(record, { vendor, product, version, signature, name });
    putOtherTime(record, context);
    record.parser = "cef";
    return record;
  },
};

/** Fields between bars; a bar or a backslash inside is escaped. */
function headerOf(line: string): { fields: string[]; end: number } | undefined {
  const fields: string[] = [];
  let from = 4;
  for (let at = 4; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 124) {
      fields.push(
        line
          .slice(from, at)
          .replace(/\\([\\|])/g, "$1")
          .trim(),
      );
      from = at + 1;
      if (fields.length === HEADER_FIELDS) return { fields, end: from };
    }
  }
  if (fields.length !== HEADER_FIELDS - 1) return undefined;
  fields.push(line.slice(from).trim());
  return { fields, end: line.length };
}
