import type { ParseContext } from "../parse/parser.ts";
import type { LogRecord } from "../record.ts";
import { durationOf } from "./duration-of.ts";
import { ipOf } from "./ip-of.ts";
import type { KnownField } from "./known-names.ts";
import type { Meaning } from "./name-table.ts";
import { putLevel } from "./put-level.ts";
import { putPath, putQuery, putRequestLine } from "./put-path.ts";
import { putTime } from "./put-time.ts";

const DURATION_UNIT_MS = { ms: 1, us: 1e-3, s: 1_000 };

/** Fills a field with a sender's value; false, and the record unchanged, where the value is not of the field's kind. */
export function putField(
  record: LogRecord,
  meaning: Meaning,
  value: unknown,
  unitMs: number | undefined,
  context: ParseContext,
): boolean {
  const field = meaning.field!;
  switch (field) {
    case "time":
      return putTime(record, value, context);
    case "level":
      return putLevel(record, value, meaning.scale);
    case "status":
      return putStatus(record, value);
    case "bytes":
      return putBytes(record, value);
    case "durationMs": {
      const ms = durationOf(value, unitMs ?? DURATION_UNIT_MS[context.durationUnit]);
      if (ms !== undefined) record.durationMs = ms;
      return ms !== undefined;
    }
    case "pid":
    case "userId":
    case "sessionId":
      if (typeof value === "number") record[field] = String(value);
      else return putText(record, field, value);
      return true;
    default:
      return typeof value === "string" && putFieldOfText(record, field, value);
  }
}

/** Fields that take any text as it stands. */
export type TextField =
  | "message"
  | "user"
  | "referrer"
  | "userAgent"
  | "host"
  | "app"
  | "pid"
  | "traceId"
  | "spanId"
  | "userId"
  | "sessionId"
  | "event"
  | "city";

function putFieldOfText(record: LogRecord, field: KnownField, text: string): boolean {
  switch (field) {
    case "request":
      return putRequestLine(record, text);
    case "path":
      return putPath(record, text);
    case "query":
      return putQuery(record, text);
    case "method":
      return putMethod(record, text);
    case "protocol":
      return putProtocol(record, text);
    case "ip": {
      const ip = ipOf(text);
      if (ip !== undefined) record.ip = ip;
      return ip !== undefined;
    }
    case "country":
      return putCountry(record, text);
    case "traceId":
      return putText(record, field, text.slice(text.lastIndexOf("/") + 1));
    default:
      return putText(record, field as TextField, text);
  }
}

function putText(record: LogRecord, field: TextField, value: unknown): boolean {
  if (typeof value !== "string") return false;
  record[field] = value;
  return true;
}

/** 0 is what proxies write when the client went away before an answer. */
function putStatus(record: LogRecord, value: unknown): boolean {
  const status = typeof value === "string" && value.length === 3 ? Number(value) : value;
  if (typeof status !== "number" || !Number.isInteger(status)) return false;
  if (status !== 0 && (status < 100 || status > 999)) return false;
  record.status = status;
  return true;
}

function putBytes(record: LogRecord, value: unknown): boolean {
  const bytes = typeof value === "string" && value.length < 16 ? Number(value) : value;
  if (typeof bytes !== "number" || !Number.isSafeInteger(bytes) || bytes < 0) return false;
  record.bytes = bytes;
  return true;
}

const METHODS = new Set(
  "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT SEARCH PURGE QUERY".split(
    " ",
  ),
);

/** A word in small letters is a method only where it is a known one: `method: "getUser"` names code. */
function putMethod(record: LogRecord, text: string): boolean {
  const method = METHODS.has(text) || text.length > 12 ? text : text.toUpperCase();
  if (!METHODS.has(method)) return false;
  record.method = method;
  return true;
}

function putProtocol(record: LogRecord, text: string): boolean {
  if (text.startsWith("HTTP/") || text === "h2" || text === "h3") record.protocol = text;
  else if (text.length <= 3 && text >= "0.9" && text < "4") record.protocol = `HTTP/${text}`;
  else return false;
  return true;
}

function putCountry(record: LogRecord, text: string): boolean {
  if (!/^[a-z]{2}$/i.test(text) || text === "XX") return false;
  record.country = text.toUpperCase();
  return true;
}
