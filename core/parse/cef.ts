import { isIp } from "../fields/ip-of.ts";
import { type Level, LogRecord } from "../record.ts";
import { readExtension } from "./cef/read-extension.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { putOtherTime } from "./put-other-time.ts";
import { putNoTime } from "./put-time.ts";
import { parseTimestamp } from "./timestamp.ts";

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
const FIELDS = new Map<string, "ip" | "user" | "host" | "message" | "path" | "method" | "userAgent" | "referrer">(
  Object.entries({
    src: "ip",
    suser: "user",
    duser: "user",
    dvchost: "host",
    shost: "host",
    msg: "message",
    request: "path",
    requestMethod: "method",
    requestClientApplication: "userAgent",
    requestContext: "referrer",
  }),
);

/**
 * `CEF:0|vendor|product|version|signature|name|severity|key=value …`, ArcSight's Common Event Format.
 *
 * The message is `msg` if there is one, else the event's name. Vendor, product, signature and all else are `attrs`.
 */
export const cef: Parser = {
  name: "cef",
  starts: ["letter"],
  parse(line, context) {
    if (!line.startsWith("CEF:")) return undefined;
    const header = headerOf(line);
    if (!header) return undefined;
    const [, vendor, product, version, signature, name, severity] = header.fields;
    const record = new LogRecord();
    putNoTime(record, context);
    record.level = LEVELS[Number(severity)] ?? WORDS[severity!.toLowerCase()];
    record.app = product || undefined;
    putAttr(record, "vendor", vendor);
    putAttr(record, "product", product);
    putAttr(record, "version", version);
    putAttr(record, "signature", signature);
    putAttr(record, "name", name);
    readExtension(line, header.end, (key, value) => put(record, key, value, context));
    record.message ??= name || undefined;
    putOtherTime(record, context);
    record.parser = "cef";
    record.raw = line;
    return record;
  },
};

/** Fields between bars; a bar or a backslash inside is escaped. */
function headerOf(line: string): { fields: string[]; end: number } | undefined {
  if (line.includes("\\")) return escapedHeaderOf(line);
  const fields: string[] = [];
  let from = 4;
  while (fields.length < HEADER_FIELDS) {
    const bar = line.indexOf("|", from);
    if (bar === -1) break;
    fields.push(line.slice(from, bar).trim());
    from = bar + 1;
  }
  return withLastField(fields, line, from);
}

function escapedHeaderOf(line: string): { fields: string[]; end: number } | undefined {
  const fields: string[] = [];
  let from = 4;
  for (let at = 4; at < line.length && fields.length < HEADER_FIELDS; at++) {
    const code = line.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 124) {
      fields.push(unescaped(line.slice(from, at)));
      from = at + 1;
    }
  }
  return withLastField(fields, line, from);
}

/** Without an extension the last field ends with the line. */
function withLastField(fields: string[], line: string, from: number): { fields: string[]; end: number } | undefined {
  if (fields.length === HEADER_FIELDS) return { fields, end: from };
  if (fields.length !== HEADER_FIELDS - 1) return undefined;
  return { fields: [...fields, unescaped(line.slice(from))], end: line.length };
}

const unescaped = (text: string): string => (text.includes("\\") ? text.replace(/\\([\\|])/g, "$1") : text).trim();

/** The rest are attributes, as is a second value for a field. */
function put(record: LogRecord, key: string, value: string, context: ParseContext): void {
  if (value === "") return;
  const field = FIELDS.get(key);
  if (field !== undefined && record[field] === undefined && (field !== "ip" || isIp(value))) record[field] = value;
  else if (key === "out" && /^\d{1,15}$/.test(value)) record.bytes = Number(value);
  else if (key !== "rt" || !putReceiptTime(record, value, context)) putAttr(record, key, value);
}

function putReceiptTime(record: LogRecord, value: string, context: ParseContext): boolean {
  const time = parseTimestamp(value, context);
  if (!time) return false;
  record.tsMs = time.tsMs;
  record.subNs = time.subNs;
  record.flags = undefined;
  return true;
}
