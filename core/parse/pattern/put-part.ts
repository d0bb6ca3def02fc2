import { durationOf } from "../../fields/duration-of.ts";
import type { LogRecord } from "../../record.ts";
import { putRequest } from "../access/put-request.ts";
import { levelOfName } from "../level.ts";
import type { ParseContext } from "../parser.ts";
import { putAttr } from "../put-attr.ts";
import { putWord } from "../put-word.ts";
import { CLF_TIME_CHARS, clfTimeAt } from "../time/clf-time.ts";
import { parseTimestamp } from "../timestamp.ts";
import { wholeNumberOf } from "../whole-number.ts";
import type { FieldPart } from "./part.ts";

const MS_OF_UNIT = { ms: 1, us: 1e-3, s: 1_000 };

/** Puts a value of a pattern; false where it is absent (`-`) or not what its field holds, which then is an attribute. */
export function putPart(record: LogRecord, part: FieldPart, text: string, context: ParseContext): boolean {
  if (text === "-" || text === "" || text === '""' || part.target === "skip") return false;
  if (put(record, part, text, context)) return true;
  putAttr(record, part.name === "" ? part.target : part.name, text);
  return false;
}

function put(record: LogRecord, part: FieldPart, text: string, context: ParseContext): boolean {
  switch (part.target) {
    case "time":
      return putTime(record, text, context);
    case "level":
      record.level = levelOfName(text);
      return record.level !== undefined;
    case "request":
      putRequest(record, text);
      return true;
    case "status":
    case "bytes":
      return putWord(record, part.target, text) || record[part.target] !== undefined;
    case "duration":
      record.durationMs = durationOf(text, part.unitMs ?? MS_OF_UNIT[context.durationUnit]) ?? record.durationMs;
      return record.durationMs !== undefined;
    case "query":
      record.path = (record.path ?? "") + (text.startsWith("?") ? text : `?${text}`);
      return true;
    case "attr":
      putAttr(record, part.name, part.isNumber ? numberOf(text, part.isHex) : text);
      return true;
    case "clock":
    case "skip":
      return false;
    default:
      return putWord(record, part.target, text);
  }
}

/** The number, or the text itself where it is none that is held exactly. */
function numberOf(text: string, isHex = false): number | string {
  if (isHex) return /^[0-9a-fA-F]{1,13}$/.test(text) ? Number.parseInt(text, 16) : text;
  const number = wholeNumberOf(text);
  return number === -1 ? text : number;
}

function putTime(record: LogRecord, given: string, context: ParseContext): boolean {
  const text = given.startsWith("[") && given.endsWith("]") ? given.slice(1, -1) : given;
  const ms = text.length === CLF_TIME_CHARS ? clfTimeAt(text, 0) : Number.NaN;
  const time = Number.isNaN(ms) ? parseTimestamp(text, context) : { tsMs: ms, subNs: undefined };
  if (!time) return false;
  record.tsMs = time.tsMs;
  record.subNs = time.subNs;
  return true;
}
