import { readLogfmt } from "../../core/parse/logfmt/read-logfmt.ts";
import { parseEntry } from "../../core/parse/parse-entry.ts";
import type { ParseContext } from "../../core/parse/parser.ts";
import { rawOf } from "../../core/parse/raw-of.ts";
import type { LogRecord } from "../../core/record.ts";
import type { TruthCase } from "./truth-cases.ts";
import { valuesOf } from "./values-of.ts";

/** What is wrong with a case, undefined if nothing is. */
export type Judge = (truth: TruthCase) => string | undefined;

const NOW_MS = Date.UTC(2026, 10, 1);
const contextOf = (settings: Partial<ParseContext> = {}): ParseContext => ({
  nowMs: NOW_MS,
  zone: "UTC",
  durationUnit: "ms",
  ...settings,
});

function recordOf(line: string, settings?: Partial<ParseContext>): LogRecord {
  const result = parseEntry(line, contextOf(settings));
  if (!result.ok) throw new Error(result.detail);
  return result.value;
}

/**
 * Every field that the truth lists, but for contested ones.
 *
 * What a strict parser refuses must be kept as it is, and not as `format`, or else with the mark of what is wrong with it.
 */
export function judgeFields(format: RegExp): Judge {
  return ({ line: shown, line_bytes_b64, expect, contested }) => {
    const line = line_bytes_b64 === undefined ? shown : new TextDecoder().decode(Buffer.from(line_bytes_b64, "base64"));
    const record = recordOf(line);
    if (rawOf(record) !== line) return "the line cannot be had back";
    if (!expect.ok) {
      const isTaken = format.test(record.parser) && !record.flags?.includes("invalid_utf8");
      return isTaken ? `taken as ${record.parser}` : undefined;
    }
    const wrong: string[] = [];
    for (const [name, wanted] of Object.entries(expect.fields ?? {})) {
      if (isContested(contested, name)) continue;
      const accepted = valuesOf(record, name, wanted);
      if (accepted && !accepted.some((value) => isSame(value, wanted)))
        wrong.push(`${name}: ${show(accepted[0])}, not ${show(wanted)}`);
    }
    return wrong.length === 0 ? undefined : `${record.parser}: ${wrong.join("; ")}`;
  };
}

/** The tag is the app with its pid. */
const isContested = (contested: TruthCase["contested"], name: string): boolean =>
  contested === true || contested?.includes(name === "tag" ? "app" : name) === true;

/** Absent, null and empty are the same; numbers may be given as text, objects are compared by their JSON. */
function isSame(value: unknown, wanted: unknown): boolean {
  if (isEmpty(value) || isEmpty(wanted)) return isEmpty(value) && isEmpty(wanted);
  if (typeof wanted === "object") return JSON.stringify(value) === JSON.stringify(wanted);
  return String(value) === String(wanted);
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";
const show = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80);

/** Names under which the source's fields stand in a record of a custom format. */
const CUSTOM_NAMES: Record<string, (record: LogRecord) => unknown> = {
  request_file: ({ attrs }) => attrs?.file,
  request_time: (record) => (record.flags?.includes("no_time") ? undefined : new Date(record.tsMs).toISOString()),
  final_request_time: (record) =>
    `${new Date(record.tsMs).toISOString().slice(0, -1)}${String((record.subNs ?? 0) / 1_000).padStart(3, "0")}Z`,
  final_status: ({ status }) => status,
  remote_address: ({ ip }) => ip,
  remote_port: ({ attrs }) => attrs?.client_port,
  request_method: ({ method }) => method,
  request_uri: ({ path }) => decodedBytes(path?.split("?")[0]),
  request_query: ({ path }) => (path?.includes("?") ? path.slice(path.indexOf("?")) : ""),
  request_protocol: ({ protocol }) => protocol,
  remote_user: ({ user }) => user,
  request_duration_milliseconds: ({ durationMs }) => durationMs,
  final_request_duration_seconds: ({ durationMs }) => durationMs,
};

/** One of the two statuses or durations of a line is kept; the pieces of a time are in the time. */
const NOT_KEPT = new Set([
  "original_status",
  "status",
  "request_time_fields",
  "final_request_time_fields",
  "request_duration_seconds",
]);

const decodedBytes = (text: string | undefined): string | undefined =>
  text?.replace(/\\x([0-9a-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

export const judgePattern: Judge = ({ line, expect, format }) => {
  const record = recordOf(line, { pattern: format! });
  if (record.parser !== "pattern") return `taken as ${record.parser}`;
  const wrong: string[] = [];
  for (const [name, wanted] of Object.entries(expect.fields ?? {})) {
    if (NOT_KEPT.has(name) || (name === "request_time" && wanted === null)) continue;
    const values = CUSTOM_NAMES[name] ? [CUSTOM_NAMES[name](record)] : (valuesOf(record, name, wanted) ?? [wanted]);
    if (!values.some((value) => isSame(value, wanted) || sameInstant(value, wanted)))
      wrong.push(`${name}: ${show(values[0])}, not ${show(wanted)}`);
  }
  return wrong.length === 0 ? undefined : wrong.join("; ");
};

const sameInstant = (value: unknown, wanted: unknown): boolean =>
  typeof wanted === "string" &&
  wanted.endsWith("Z") &&
  String(value).replace(/0+Z$/, "Z") === wanted.replace(/0+Z$/, "Z");

export const judgeLogfmt: Judge = ({ line, expect, contested }) => {
  if (contested === true) return undefined;
  const got: [string, string | null][] = [];
  const read = readLogfmt(line, (key, value) => got.push([key, value === "" ? null : value]));
  if (!expect.ok) return read.ok ? "taken" : undefined;
  if (!read.ok) return `refused: ${read.reason}`;
  const wanted = expect.pairs!.map(([key, value]) => [key, value === "" ? null : value]);
  return JSON.stringify(got) === JSON.stringify(wanted) ? undefined : `${show(got)}, not ${show(wanted)}`;
};

/** As precise as the truth is: many sources cut the fraction off. */
export const judgeTime: Judge = ({ line, expect }) => {
  const record = recordOf(line.replaceAll("\\x1b", "\x1b"));
  const hasTime = !record.flags?.includes("no_time");
  if (!expect.ok) return hasTime ? "taken" : undefined;
  if (!hasTime) return `${record.parser}: no time`;
  const [wanted, fraction] = expect.utc!.replace("Z", "").split(".");
  const got = new Date(record.tsMs).toISOString().replace("Z", "");
  if (got.slice(0, 19) !== wanted) return `${record.parser}: ${got}, not ${expect.utc}`;
  if (fraction === undefined) return undefined;
  const nanos = got.slice(20) + String(record.subNs ?? 0).padStart(6, "0");
  return Math.abs(Number(nanos) - Number(fraction.padEnd(9, "0"))) < 1_000
    ? undefined
    : `${record.parser}: .${nanos}, not .${fraction}`;
};

/** Lines without zone, read in Zurich on 14 August 2005, which also gives those without year theirs. */
export const judgeZurich: Judge = ({ line, expect }) => {
  if (!expect.time_zurich) return undefined;
  const record = recordOf(line, { zone: "Europe/Zurich", nowMs: Date.UTC(2005, 7, 14, 10) });
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Zurich",
    dateStyle: "short",
    timeStyle: "medium",
  });
  const got = format.format(record.tsMs).replace(" ", "T");
  return got === expect.time_zurich.slice(0, 19)
    ? undefined
    : `${record.parser}: ${record.flags?.includes("no_time") ? "no time" : got}, not ${expect.time_zurich}`;
};
