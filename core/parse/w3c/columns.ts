import { flatText } from "../../flat-text.ts";
import { RecentCache } from "../../recent-cache.ts";
import type { LogRecord } from "../../record.ts";
import { putAttr } from "../put-attr.ts";
import { putWord, type WordField } from "../put-word.ts";
import { wholeNumberOf } from "../whole-number.ts";

/** What a column fills; `attr` keeps it under its own name, `part` is put together with others. */
type Target = WordField | "duration" | "attr" | "part";

const TARGETS: Record<string, Target> = {
  date: "part",
  time: "part",
  "date-local": "part",
  "time-local": "part",
  "cs-uri-query": "part",
  "c-ip": "ip",
  "cs-username": "user",
  "cs-method": "method",
  "cs-uri-stem": "path",
  "cs-uri": "path",
  "cs-version": "protocol",
  "cs-protocol-version": "protocol",
  "sc-status": "status",
  "sc-bytes": "bytes",
  "time-taken": "duration",
  TimeTakenMS: "duration",
  "cs(User-Agent)": "userAgent",
  "cs(Referer)": "referrer",
  "cs-host": "host",
  "cs(Host)": "host",
  "x-host-header": "host",
};

/** How the words of a log's lines are read. */
export interface Plan {
  fields: { name: string; target: Target }[];
  /** Places of the parts, -1 where there is none. */
  date: number;
  time: number;
  query: number;
  isLocal: boolean;
}

// The lines of a log all have the columns of the one before.
let lastColumns: readonly string[] = [];
let lastPlan: Plan = { fields: [], date: -1, time: -1, query: -1, isLocal: false };

export function planOf(columns: readonly string[]): Plan {
  if (columns === lastColumns) return lastPlan;
  const isLocal = !columns.includes("date");
  lastColumns = columns;
  lastPlan = {
    fields: columns.map((name) => ({ name, target: Object.hasOwn(TARGETS, name) ? TARGETS[name]! : "attr" })),
    date: columns.indexOf(isLocal ? "date-local" : "date"),
    time: columns.indexOf(columns.includes("time") ? "time" : "time-local"),
    query: columns.indexOf("cs-uri-query"),
    isLocal,
  };
  return lastPlan;
}

export function putColumn(record: LogRecord, { name, target }: Plan["fields"][number], word: string): void {
  switch (target) {
    case "part":
      return;
    case "duration":
      record.durationMs = durationOf(word);
      return;
    case "userAgent":
    case "referrer":
      record[target] = decoded(word);
      return;
    case "attr":
      putAttr(record, name, numberOrText(word));
      return;
    default:
      putWord(record, target, word);
  }
}

/** Digits with a zero before them are a name, not a number. */
function numberOrText(word: string): number | string {
  const number = word.length > 1 && word.charCodeAt(0) === 48 ? -1 : wholeNumberOf(word);
  return number === -1 ? word : number;
}

/** CloudFront's seconds have decimals, IIS's milliseconds have none. */
function durationOf(word: string): number | undefined {
  const whole = wholeNumberOf(word);
  if (whole !== -1) return whole;
  if (!/^\d{1,12}(?:\.\d{1,9})?$/.test(word)) return undefined;
  return Math.round(Number(word) * 1e6) / 1e3;
}

/** Headers come again and again. */
const remembered = new RecentCache<string>(2_000);

/** Spaces in headers are `+` (IIS) or `%20` (CloudFront, twice over). */
function decoded(word: string): string {
  let text = remembered.get(word);
  if (text === undefined) {
    text = word.includes("%") ? withoutPercent(word) : word.includes(" ") ? word : word.replaceAll("+", " ");
    remembered.set(word, flatText(text));
  }
  return text;
}

const withoutPercent = (word: string): string =>
  word.replaceAll("%2520", " ").replaceAll("%20", " ").replaceAll("%2522", '"').replaceAll("%22", '"');
