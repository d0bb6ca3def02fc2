import type { LogRecord } from "../../core/record.ts";

/** What enrichment finds, not the parser. */
const NOT_OF_PARSER = new Set(["ua", "geo_country"]);

const SEVERITY_NUMBERS = "emerg alert crit err warning notice info debug".split(" ");
const FACILITY_NUMBERS =
  "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clockd local0 local1 local2 local3 local4 local5 local6 local7".split(
    " ",
  );

/**
 * The values of a record, under the truth's name, any of which is right; undefined for what a parser cannot know.
 *
 * Sources differ in what they do with escapes and spaces: their notes say that both are right.
 */
export function valuesOf(record: LogRecord, name: string, wanted: unknown): unknown[] | undefined {
  if (NOT_OF_PARSER.has(name)) return undefined;
  const attrs = record.attrs ?? {};
  switch (name) {
    case "host":
      return isSyslog(record) ? [record.host] : record.parser === "nginx_error" ? [record.host] : [record.ip];
    case "client":
      return [record.ip];
    case "vhost":
      return [record.host, record.host === undefined && wanted === "_" ? "_" : record.host];
    case "request":
    case "request_line":
      return withDecoded(record.parser === "nginx_error" ? requestOf(record) : record.message);
    case "referer":
      return [record.referrer];
    case "user_agent":
      return withDecoded(record.userAgent);
    case "path":
      return [record.path, record.path?.trim()];
    case "message":
      return [record.message, ` ${record.message}`, record.message?.trim(), `${attrs.code}: ${record.message}`];
    case "time":
    case "timestamp":
      return timesOf(record, wanted);
    case "time_no_zone":
      return [new Date(record.tsMs).toISOString().slice(0, 19)];
    case "timestamp_no_year":
      return [new Date(record.tsMs).toISOString().slice(5, 19)];
    case "timestamp_text":
      return [sameTime(record, String(wanted)) ? wanted : new Date(record.tsMs).toISOString()];
    default:
      return otherValues(record, attrs, name);
  }
}

function otherValues(record: LogRecord, attrs: Record<string, unknown>, name: string): unknown[] | undefined {
  switch (name) {
    case "procid":
      return [record.pid];
    case "tag":
      return [record.app, `${record.app}:`, `${record.app}[${record.pid}]`, `${record.app}[${record.pid}]:`];
    case "severity":
      return [
        SEVERITY_NUMBERS.indexOf(attrs.severity as string),
        attrs.severity,
        record.level,
        severityOfError(record),
      ];
    case "severity_text":
      return [attrs.severity];
    case "facility":
      return [FACILITY_NUMBERS.indexOf(attrs.facility as string)];
    case "facility_text":
      return [attrs.facility];
    case "pri":
      return [
        FACILITY_NUMBERS.indexOf(attrs.facility as string) * 8 + SEVERITY_NUMBERS.indexOf(attrs.severity as string),
      ];
    case "version":
      return [/^<\d+>(\d+)/.exec(record.raw ?? "")?.[1]];
    case "sd":
      return [Object.fromEntries(Object.entries(attrs).filter(([, value]) => typeof value === "object"))].map((sd) =>
        Object.keys(sd).length === 0 ? undefined : sd,
      );
    case "x_forwarded_list":
      return [attrs.forwarded_for ?? [record.ip]];
    case "request_time_s":
      return [record.durationMs === undefined ? undefined : record.durationMs / 1_000];
    case "upstream_response_time_s":
      return [attrs.upstream_response_time === undefined ? undefined : Number(attrs.upstream_response_time)];
    case "thread":
      return [attrs.tid];
    case "cid":
      return [attrs.connection];
    case "port":
      return [attrs.client_port];
    case "error_code":
      return [attrs.code];
    default:
      return [name in record ? record[name as keyof LogRecord] : attrs[name]];
  }
}

const isSyslog = (record: LogRecord): boolean => record.parser.startsWith("syslog");

/** notice and alert have no level of their own; the line itself tells which it was. */
const severityOfError = (record: LogRecord): string | undefined =>
  /\[(?:\w*:)?(\w+)\] (?:\[pid|\d+#)/.exec(record.raw ?? "")?.[1];

const requestOf = ({ method, path, protocol }: LogRecord): string | undefined =>
  method === undefined ? undefined : [method, path, protocol].filter(Boolean).join(" ");

/** With Apache's escapes as they stand, and with them decoded to bytes shown as Latin-1. */
function withDecoded(text: string | undefined): unknown[] {
  if (!text?.includes("\\")) return [text];
  return [
    text,
    text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_all, hex?: string, char?: string) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : char!,
    ),
  ];
}

function timesOf(record: LogRecord, wanted: unknown): unknown[] {
  if (wanted === null) return [record.flags?.includes("no_time") ? null : record.tsMs];
  const ms = Date.parse(String(wanted).replace(/(\.\d{3})\d+/, "$1"));
  // Many sources cut the fraction off.
  const got = String(wanted).includes(".") ? record.tsMs : Math.floor(record.tsMs / 1_000) * 1_000;
  return [ms === got ? wanted : new Date(record.tsMs).toISOString()];
}

/** A time as the line has it, perhaps without year: day, hour, minute and second in the line's own zone must agree. */
function sameTime(record: LogRecord, text: string): boolean {
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, "$1").replace(":60", ":59"));
  if (/^\d{4}-/.test(text)) return Math.abs(ms - record.tsMs) <= (text.includes(":60") ? 1_000 : 0);
  const [, month, day, clock] = /([A-Z][a-z]{2}) +(\d+) (?:\d{4} )?([\d:]{8})/.exec(text) ?? [];
  const iso = new Date(record.tsMs).toISOString();
  // An RFC 5424 time shown as RFC 3164 does not say its zone: minute and second must do.
  if (record.parser === "syslog5424") return iso.slice(14, 19) === clock?.slice(3);
  const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return (
    Number(iso.slice(5, 7)) === months.indexOf(month ?? "?") / 3 + 1 &&
    Number(iso.slice(8, 10)) === Number(day) &&
    iso.slice(11, 19) === clock
  );
}
