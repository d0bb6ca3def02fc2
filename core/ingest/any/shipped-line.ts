import type { Entry } from "../../record.ts";

type Json = Record<string, unknown>;

/** Shippers put a line that they have read somewhere under one name, and what they know of it beside: the name, and what tells the shipper. */
const WRAPPERS: [name: string, signs: string[]][] = [
  // Vector; Filebeat, Logstash; rsyslog.
  ["message", ["source_type", "@version", "ecs", "agent", "input", "syslogtag", "programname", "facility"]],
  // syslog-ng; journalctl -o json.
  ["MESSAGE", ["PRIORITY", "FACILITY", "__REALTIME_TIMESTAMP"]],
  // Fluent Bit and Fluentd, of files; containers' lines have a wrapper of their own.
  ["log", ["date", "tag", "kubernetes", "container_name", "file", "path", "filename", "host", "hostname"]],
];

/** Names that a program's own record has, and no wrapper. */
const OWN = ["level", "msg", "stream"];

/** The name under which an object carries a whole line of something else; undefined where it is a record itself. */
export function wrappedNameOf(fields: Json): string | undefined {
  if (OWN.some((name) => name in fields)) return undefined;
  for (const [name, signs] of WRAPPERS) {
    if (typeof fields[name] === "string" && signs.some((sign) => sign in fields)) return name;
  }
  return undefined;
}

/** A JSON line as what it carries and what is said of it; other texts stay as they are. */
export function unwrapped(line: string, name: string): Entry {
  let object: unknown;
  try {
    object = JSON.parse(line);
  } catch {
    return line;
  }
  if (typeof object !== "object" || object === null || Array.isArray(object)) return line;
  const { [name]: text, ...fields } = object as Json;
  return typeof text === "string" ? { fields, text: text.replace(/\n$/, ""), line } : line;
}
