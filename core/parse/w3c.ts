import { LogRecord } from "../record.ts";
import { levelOfStatus } from "./level.ts";
import type { ParseContext, Parser } from "./parser.ts";
import { putNoTime, putTime } from "./put-time.ts";
import { splitQuoted } from "./split-quoted.ts";
import { type Plan, planOf, putColumn } from "./w3c/columns.ts";
import { columnsOfShape } from "./w3c/columns-of-shape.ts";

const HASH = 35;

/** Columns of one log; more are no log. */
const MAX_COLUMNS = 128;

/**
 * W3C extended logs: IIS, CloudFront, and whatever tells its columns in a `#Fields` line before.
 *
 * Without one, the default columns of IIS and CloudFront are known by their shape. Times are UTC, as the format has it,
 * unless the columns are named local. Source: https://www.w3.org/TR/WD-logfile.html
 */
export const w3c: Parser = {
  name: "w3c",
  parse(line, context) {
    if (line.charCodeAt(0) === HASH) return undefined;
    const columns = context.columns ?? columnsOfShape(line);
    if (!columns) return undefined;
    const words = line.includes("\t") ? line.split("\t", MAX_COLUMNS) : splitQuoted(line, MAX_COLUMNS);
    const plan = planOf(columns);
    if (words.length !== plan.fields.length) return undefined;
    const record = new LogRecord();
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      if (word !== "-" && word !== "") putColumn(record, plan.fields[at]!, word);
    }
    putRequest(record, plan, words);
    if (!putPlannedTime(record, plan, words, line, context)) putNoTime(record, context);
    if (record.status !== undefined) record.level = levelOfStatus(record.status);
    record.parser = "w3c";
    record.raw = line;
    return record;
  },
};

/** The columns that a `#Fields: date time …` line names; undefined for any other line. */
export function columnsOfDirective(line: string): string[] | undefined {
  if (line.charCodeAt(0) !== HASH || !line.startsWith("#Fields:")) return undefined;
  const columns = line.slice(8).trim().split(/\s+/, MAX_COLUMNS);
  return columns[0] === "" ? undefined : columns;
}

function putPlannedTime(record: LogRecord, plan: Plan, words: string[], line: string, context: ParseContext): boolean {
  if (plan.time === -1) return false;
  const zoned = plan.isLocal || context.zone === "UTC" ? context : { nowMs: context.nowMs, zone: "UTC" };
  // Nearly every log begins with them.
  if (plan.date === 0 && plan.time === 1 && putTime(record, line, zoned)) return true;
  return putTime(record, plan.date === -1 ? words[plan.time]! : `${words[plan.date]} ${words[plan.time]}`, zoned);
}

/** The query belongs to the path, and the message is the request line that the columns tell. */
function putRequest(record: LogRecord, plan: Plan, words: string[]): void {
  if (record.path === undefined) return;
  const query = plan.query === -1 ? "-" : words[plan.query]!;
  if (query !== "-" && query !== "") record.path += `?${query}`;
  if (record.method === undefined) return;
  record.message = `${record.method} ${record.path}${record.protocol === undefined ? "" : ` ${record.protocol}`}`;
}
